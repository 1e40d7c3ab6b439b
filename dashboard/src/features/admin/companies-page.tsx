import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@/components/button';
import { DataTable } from '@/components/data-table';
import { MayNot } from '@/components/may-not';
import { Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { Status } from '@/components/status';
import { columnsOf, figureColumn, type Columns } from '@/components/table-columns';
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

const column = columnsOf<Company>();
const figure = (name: 'members' | 'projects' | 'channels' | 'posts', head: string) =>
  figureColumn<Company>(name, head, (company) => company[name].toLocaleString('en'));

const columns: Columns<Company> = [
  column.display({
    id: 'name',
    header: words.columns.name,
    cell: ({ row: { original: company } }) => (
      <span className="flex min-w-44 items-center gap-2">
        <Link
          to="/app/admin/$companyId"
          params={{ companyId: company.id }}
          className="reach truncate font-name underline-offset-2 hover:underline tablet:py-1.5"
        >
          {company.name}
        </Link>
        {company.suspended_at && <Status of="company" state="suspended" />}
        {company.deleted_at && (
          <>
            <Status of="company" state="deleted" />
            <span className="text-meta text-muted">
              <Time at={company.deleted_at} />
            </span>
          </>
        )}
      </span>
    ),
    meta: { cellClassName: 'max-tablet:h-11' },
  }),
  column.display({
    id: 'plan',
    header: words.columns.plan,
    cell: ({ row }) => frameStrings.plan(row.original.plan),
    meta: { cellClassName: 'whitespace-nowrap text-secondary' },
  }),
  figure('members', words.columns.people),
  figure('projects', words.columns.projects),
  figure('channels', words.columns.channels),
  figure('posts', words.columns.posts),
  column.display({
    id: 'since',
    header: words.columns.since,
    cell: ({ row }) => <Time at={row.original.created_at} as="day" />,
    meta: { cellClassName: 'text-secondary' },
  }),
];

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
        <DataTable
          label={words.list}
          items={shown}
          idOf={(each) => each.id}
          columns={columns}
          rowProps={(each) => ({ 'data-company': each.name })}
        />
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
