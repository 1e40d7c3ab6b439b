import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@/components/button';
import { MayNot } from '@/components/may-not';
import { Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { Status } from '@/components/status';
import { Table, Td, Th } from '@/components/table';
import { Time } from '@/components/time';
import { useMe } from '@/data/people';
import { adminStrings as words } from '@strings/admin';
import { frameStrings } from '@strings/frame';
import { companiesQuery, statsQuery, type Company } from './admin-data';
import { MediaStorage } from './media-storage';

const Stats = () => {
  const { data, error } = useQuery(statsQuery);
  if (error) return <ErrorBox error={error} what={words.stats} />;
  if (!data) return <p className="min-h-5" />;
  return (
    <p className="text-lead text-secondary tabular" aria-label={words.stats}>
      {words.companies(data.companies, data.companies_suspended)}
      {words.people(data.members, data.members_active_lately)}
      {words.things(data.projects, data.channels, data.posts)} {words.mails(data.mails_waiting, data.mails_given_up)}
    </p>
  );
};

const figures = ['members', 'projects', 'channels', 'posts'] as const;

const CompanyRow = ({ company }: { company: Company }) => (
  <tr data-company={company.name}>
    <Td>
      <span className="flex min-w-44 items-center gap-2">
        <Link
          to="/app/admin/$companyId"
          params={{ companyId: company.id }}
          className="truncate py-1.5 font-name underline-offset-2 hover:underline"
        >
          {company.name}
        </Link>
        {company.suspended_at && <Status of="company" state="suspended" />}
      </span>
    </Td>
    <Td className="whitespace-nowrap text-secondary">{frameStrings.plan(company.plan)}</Td>
    {figures.map((each) => (
      <Td key={each} figure>
        {company[each].toLocaleString('en')}
      </Td>
    ))}
    <Td className="text-secondary">
      <Time at={company.created_at} as="day" />
    </Td>
  </tr>
);

const Companies = () => {
  const list = useInfiniteQuery(companiesQuery);
  const [q, setQ] = useState('');
  const all = list.data?.pages.flatMap((each) => each.items) ?? [];
  const shown = all.filter((each) => each.name.toLowerCase().includes(q.trim().toLowerCase()));
  if (list.error && !list.data)
    return <ErrorBox error={list.error} what={words.list} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={6} className="rounded-card border border-line" />;
  return (
    <>
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={q}
        onChange={(event) => setQ(event.target.value)}
        className="field min-h-(--control) py-1 text-body tablet:max-w-80"
      />
      {shown.length === 0 ? (
        <Empty>{q ? words.noMatch : words.none}</Empty>
      ) : (
        <Table label={words.list}>
          <thead>
            <tr>
              <Th>{words.columns.name}</Th>
              <Th>{words.columns.plan}</Th>
              <Th figure>{words.columns.people}</Th>
              <Th figure>{words.columns.projects}</Th>
              <Th figure>{words.columns.channels}</Th>
              <Th figure>{words.columns.posts}</Th>
              <Th>{words.columns.since}</Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <CompanyRow key={each.id} company={each} />
            ))}
          </tbody>
        </Table>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className="self-start">
          {words.more}
        </Button>
      )}
    </>
  );
};

export const CompaniesPage = () => {
  const me = useMe();
  return (
    <Page title={words.title} ownPrimary dense>
      {me && !me.is_platform_admin && <MayNot askNobody>{words.mayNot}</MayNot>}
      {me?.is_platform_admin && (
        <>
          <Stats />
          <Companies />
          <MediaStorage />
        </>
      )}
    </Page>
  );
};
