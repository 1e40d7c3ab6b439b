import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Lock, Play } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextArea } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { Card, Page, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMe } from '@/data/people';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { adminStrings as words } from '@strings/admin';
import { frameStrings } from '@strings/frame';
import { companyQuery, type Company } from './admin-data';

const reason_max = 500;
const shown_max = 200;

const SuspendDialog = ({ company, onClose }: { company: Company; onClose: () => void }) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const suspend = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/admin/orgs/{id}/suspend', { params: { path: { id: company.id } }, body: { reason: reason.trim() } }),
      ),
    onSuccess: () => {
      toast(words.suspended(company.name));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.organizations }),
  });
  const run = () => {
    setTried(true);
    if (reason.trim()) suspend.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.suspendTitle(company.name)}
      text={
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {words.suspendText.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      }
      actions={
        <>
          <Button onClick={onClose}>{words.keep}</Button>
          <Button kind="danger" busy={suspend.isPending} onClick={run}>
            {words.suspend}
          </Button>
        </>
      }
    >
      <TextArea
        label={words.reason}
        help={words.reasonHelp}
        maxLength={reason_max}
        value={reason}
        autoFocus
        error={isTried && !reason.trim() ? words.needReason : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      {suspend.error && <ErrorBox error={suspend.error} className="mt-3" />}
    </Dialog>
  );
};

const Facts = ({ company }: { company: Company }) => {
  const facts: [string, ReactNode][] = [
    [words.columns.plan, frameStrings.plan(company.plan)],
    [words.subscription, frameStrings.plan(company.subscription_status)],
    [words.columns.since, <Time key="since" at={company.created_at} as="day" />],
    [words.columns.people, company.members.toLocaleString('en')],
    [words.columns.projects, company.projects.toLocaleString('en')],
    [words.columns.channels, company.channels.toLocaleString('en')],
    [words.columns.posts, company.posts.toLocaleString('en')],
    [
      words.id,
      <code key="id" className="font-mono text-meta">
        {company.id}
      </code>,
    ],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-3 rounded-card border border-line px-4 py-3 desk:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0 last:col-span-full">
          <dt className="text-meta text-muted">{name}</dt>
          <dd className="break-words tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const People = ({ people }: { people: Schemas['organization_person'][] }) => (
  <Section title={words.peopleOf} count={people.length}>
    {people.length >= shown_max && <p className="text-secondary">{words.firstPeople}</p>}
    <Card>
      <ul aria-label={words.peopleOf}>
        {people.map((each) => (
          <li
            key={each.id}
            className="flex min-h-13 items-center gap-2.5 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
          >
            <Avatar name={each.full_name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-name">{each.full_name}</span>
              <span className="block truncate text-meta text-muted">{each.email}</span>
            </span>
            {!each.is_active && <Status of="member" state="deactivated" />}
            <span className="text-secondary">{frameStrings.role(each.role)}</span>
          </li>
        ))}
      </ul>
    </Card>
  </Section>
);

const Commands = ({ company }: { company: Company }) => {
  const client = useQueryClient();
  const isOwn = useMe()?.company.id === company.id;
  const [isAsking, setAsking] = useState(false);
  const resume = useMutation({
    mutationFn: () => dataOf(api.POST('/admin/orgs/{id}/resume', { params: { path: { id: company.id } } })),
    onSuccess: () => toast(words.resumed(company.name)),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.organizations }),
  });
  if (company.deleted_at) {
    return (
      <p className="flex flex-wrap items-center gap-3 text-secondary">
        <Status of="company" state="deleted" />
        <span>
          {words.deletedSince} <Time at={company.deleted_at} />
        </span>
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      {company.suspended_at ? (
        <>
          <Status of="company" state="suspended" />
          <p className="min-w-0 flex-1 text-secondary">
            {words.suspendedSince} <Time at={company.suspended_at} />
            {company.suspended_because && `, ${words.because(company.suspended_because)}`}
          </p>
          <Button kind="primary" icon={Play} busy={resume.isPending} onClick={() => resume.mutate()}>
            {words.resume}
          </Button>
        </>
      ) : (
        <>
          <Status of="company" state="active" />
          <span className="flex-1" />
          {isOwn ? (
            <p className="text-meta text-muted">{words.own}</p>
          ) : (
            <Button icon={Lock} onClick={() => setAsking(true)}>
              {words.suspend}
            </Button>
          )}
        </>
      )}
      {isAsking && <SuspendDialog company={company} onClose={() => setAsking(false)} />}
    </div>
  );
};

const OneCompany = () => {
  const { companyId } = useParams({ from: '/app/admin/$companyId' });
  const company = useQuery(companyQuery(companyId));
  const name = company.data?.org.name ?? words.company;
  return (
    <Page title={name} parent={{ label: words.title, to: '/app/admin' }} ownPrimary>
      <Loaded query={company} what={words.company} rows={6}>
        {({ org, people }) => (
          <>
            <Commands company={org} />
            <Facts company={org} />
            <People people={people} />
          </>
        )}
      </Loaded>
    </Page>
  );
};

export const CompanyPage = () => {
  const me = useMe();
  if (me && !me.is_platform_admin)
    return (
      <Page title={words.company} ownPrimary>
        <MayNot askNobody>{words.mayNot}</MayNot>
      </Page>
    );
  return <OneCompany />;
};
