import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, Plus } from 'lucide-react';
import { Button, buttonStyle } from '@/components/button';
import { SelectField } from '@/components/field';
import { Card, Page, Section } from '@/components/page';
import { Empty } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { useArchive } from '@/data/archive';
import { queryKeys } from '@/data/keys';
import { useMay, useMe } from '@/data/people';
import { chosenProjectStore, useProject, useProjects } from '@/data/projects';
import { api, dataOf } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { singleKeysStore } from '@/lib/keys';
import { useStore } from '@/lib/store';
import { themeStore, type Theme } from '@/lib/theme';
import { frameStrings } from '@strings/frame';
import { settingsStrings as words } from '@strings/website';
import { CompanySignIn } from './company-sign-in';
import { DeleteCompany } from './delete-company';
import { MediaSpace } from './media-space';
import { OwnApps } from './own-apps';
import { ProjectForm } from './project-form';
import { SignInRules } from './sign-in-rules';

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="grid grid-cols-[8rem_1fr] gap-3 border-t border-line-subtle px-3 py-2 first:border-t-0">
    <dt className="text-secondary">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

const Company = () => {
  const me = useMe();
  if (!me) return null;
  return (
    <Card className="max-w-lg">
      <dl>
        <Row name={words.name}>{me.company.name}</Row>
        <Row name={words.owner}>{frameStrings.role(me.member.role)}</Row>
        <Row name={words.plan}>
          {frameStrings.plan(me.subscription.plan)}
          {me.subscription.status === 'trial' && me.subscription.trial_ends_at && (
            <span className="text-muted">
              {' · '}
              {words.trialUntil} <Time at={me.subscription.trial_ends_at} as="day" />
            </span>
          )}
        </Row>
        <Row name={words.since}>
          <Time at={me.company.created_at} as="day" />
        </Row>
        <Row name={words.id}>
          <code className="font-mono text-meta">{me.company.id}</code>
        </Row>
      </dl>
    </Card>
  );
};

const CompanyData = () => {
  const archive = useArchive('company', toastError);
  return (
    <div className="flex max-w-lg flex-col gap-3">
      <p className="text-secondary">{words.companyDataText}</p>
      <Button icon={Download} busy={archive.isPending} onClick={() => archive.mutate()} className="self-start">
        {words.exportCompany}
      </Button>
    </div>
  );
};

const Browser = () => {
  const theme = useStore(themeStore);
  const keys = useStore(singleKeysStore);
  return (
    <div className="flex max-w-lg flex-col gap-3">
      <SelectField label={words.theme} value={theme} onChange={(event) => themeStore.set(event.target.value as Theme)}>
        <option value="system">{frameStrings.themeSystem}</option>
        <option value="light">{frameStrings.themeLight}</option>
        <option value="dark">{frameStrings.themeDark}</option>
      </SelectField>
      <label className="flex min-h-8 items-start gap-2.5">
        <input
          type="checkbox"
          checked={keys === 'on'}
          onChange={(event) => singleKeysStore.set(event.target.checked ? 'on' : 'off')}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          {words.keys}
          <span className="block text-meta text-muted">{words.keysText}</span>
        </span>
      </label>
    </div>
  );
};

export const SettingsPage = () => {
  const client = useQueryClient();
  const project = useProject();
  const projects = useProjects();
  const mayManage = useMay('manage_projects');
  const mayManageMembers = useMay('manage_members');
  const mayOperate = useMay('operate');
  const me = useMe();
  const isOwner = me?.member.role === 'owner';
  return (
    <Page title={words.title} ownPrimary={Boolean(project)}>
      <Section title={words.project}>
        {project ? (
          <ProjectForm
            key={`${project.id} ${project.updated_at}`}
            project={project}
            disabled={!mayManage}
            action={words.save}
            onSave={async (body) => {
              await dataOf(api.PATCH('/projects/{id}', { params: { path: { id: project.id } }, body }));
              await client.invalidateQueries({ queryKey: queryKeys.projects });
              toast(words.saved);
            }}
          />
        ) : (
          <Empty>{words.all}</Empty>
        )}
      </Section>
      <Section
        title={words.projects}
        className="max-w-lg"
        count={projects.length}
        aside={
          mayManage && (
            <Link to="/app/settings/projects/new" className={buttonStyle('quiet', 'small')}>
              <Plus size={14} strokeWidth={1.75} aria-hidden />
              {words.newProject}
            </Link>
          )
        }
      >
        <Card className={cn('max-w-lg', projects.length === 0 && 'hidden')}>
          <ul>
            {projects.toReversed().map((each) => (
              <li
                key={each.id}
                className="flex min-h-9 items-center gap-3 border-t border-line-subtle px-3 first:border-t-0"
              >
                <span className="min-w-0 flex-1 truncate font-name">{each.name}</span>
                <span className="text-meta text-muted">{each.time_zone}</span>
                {each.id !== project?.id && (
                  <button
                    type="button"
                    className={buttonStyle('ghost', 'small')}
                    onClick={() => chosenProjectStore.set(each.id)}
                  >
                    {words.show}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section title={words.company}>
        <Company />
      </Section>
      {mayManageMembers && (
        <Section title={words.signInRules}>
          <SignInRules />
        </Section>
      )}
      {isOwner && (
        <Section title={words.sso}>
          <CompanySignIn />
        </Section>
      )}
      {mayOperate && (
        <Section title={words.apps}>
          <OwnApps />
        </Section>
      )}
      {mayOperate && (
        <Section title={words.mediaSpace}>
          <MediaSpace />
        </Section>
      )}
      {mayManageMembers && (
        <Section title={words.companyData}>
          <CompanyData />
        </Section>
      )}
      {me && (
        <Section title={words.deleteCompany}>
          <DeleteCompany />
        </Section>
      )}
      <Section title={words.browser}>
        <Browser />
      </Section>
    </Page>
  );
};
