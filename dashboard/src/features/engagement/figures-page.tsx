/** Figures of the company's people: by week, member, team and page; and the leaderboard, unless it is off. */
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { DataTable } from '@/components/data-table';
import { MayNot } from '@/components/may-not';
import { Card, Page, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Switch } from '@/components/switch';
import { columnsOf, figureColumn, type Columns } from '@/components/table-columns';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay, useMe } from '@/data/people';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { saveFile } from '@/lib/save-file';
import { lengthOf } from '@/lib/time/format';
import { engagementStrings as words } from '@strings/engagement';
import { daysOf, ranges, shareOf, weekName, weeksOf, type Tally } from './figures';
import { EngagementNav } from './engagement-nav';

const key = [...queryKeys.engagement, 'figures'];

const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: [...key, days],
    queryFn: ({ signal }) => dataOf(api.GET('/engagements/analytics', { params: { query: { days } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

const boardQuery = (days: number) =>
  queryOptions({
    queryKey: [...key, 'board', days],
    queryFn: ({ signal }) => dataOf(api.GET('/engagements/leaderboard', { params: { query: { days } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

const first = (of: Tally): string =>
  of.median_first_act_seconds === null ? '' : lengthOf(Math.round(of.median_first_act_seconds) * 1000);

const Head = ({ of, days }: { of: Tally; days: number }) => (
  <header className="flex flex-col gap-1.5">
    <p className="max-w-prose text-lead" data-figures={of.completed}>
      {words.sentence(of.planned, of.completed, of.posts, days)}
    </p>
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-meta text-secondary tabular">
      {first(of) && <span>{words.firstAct(first(of))}</span>}
      <span className={of.waiting > 0 ? 'text-warning-text' : undefined}>{words.waits(of.waiting)}</span>
      <span>{words.wereSkipped(of.skipped)}</span>
      <span>{words.wereExpired(of.expired)}</span>
      <span className={of.failed > 0 ? 'text-danger-text' : undefined}>{words.didFail(of.failed)}</span>
    </p>
  </header>
);

/** A bar for each week: planned hollow, done solid. The figures are beside it. */
const Weeks = ({ of }: { of: Tally[] }) => {
  const most = Math.max(1, ...of.map((each) => each.planned));
  return (
    <Card className="px-4 py-3">
      <ol aria-label={words.byWeek} className="flex flex-col gap-1.5">
        {weeksOf(of).map((week) => (
          <li
            key={week.key}
            aria-label={words.weekBar(words.weekOf(weekName(week.key)), week.completed, week.planned)}
            className="grid grid-cols-[5.5rem_minmax(0,1fr)_5rem] items-center gap-3"
          >
            <span className="text-meta text-muted">{weekName(week.key)}</span>
            <span aria-hidden className="relative block h-4">
              <span
                className="absolute inset-y-0 left-0 rounded-badge bg-pressed"
                style={{ width: `${shareOf(week.planned, most)}%` }}
              />
              <span
                className="absolute inset-y-0 left-0 rounded-badge bg-success"
                style={{ width: `${shareOf(week.completed, most)}%` }}
              />
            </span>
            <span aria-hidden className="text-right text-meta text-secondary tabular">
              {week.completed.toLocaleString('en')} / {week.planned.toLocaleString('en')}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
};

const number = (n: number): string => n.toLocaleString('en');

const tallyFigures: Columns<Tally> = [
  figureColumn('planned', words.column.planned, (of) => number(of.planned)),
  figureColumn('completed', words.column.completed, (of) => number(of.completed)),
  figureColumn('share', words.column.share, (of) => `${Math.round(shareOf(of.completed, of.planned))}\u00a0%`),
  figureColumn('likes', words.column.likes, (of) => number(of.likes)),
  figureColumn('comments', words.column.comments, (of) => number(of.comments)),
  figureColumn('waiting', words.column.waiting, (of) => number(of.waiting)),
  figureColumn('first', words.column.first, first),
];

const Tallies = ({ title, head, of, emptyName }: { title: string; head: string; of: Tally[]; emptyName?: string }) => {
  const columns = useMemo(
    () => [
      columnsOf<Tally>().display({
        id: 'name',
        header: head,
        cell: ({ row }) => row.original.name || emptyName,
        meta: { cellClassName: 'min-w-36 font-name' },
      }),
      ...tallyFigures,
    ],
    [head, emptyName],
  );
  return (
    <Section title={title} count={of.length}>
      <DataTable
        label={title}
        items={of}
        idOf={(each) => each.key}
        columns={columns}
        rowProps={(each) => ({ 'data-tally': each.name })}
      />
    </Section>
  );
};

const Figures = ({ days }: { days: number }) => (
  <Loaded query={useQuery(figuresQuery(days))} what={words.figuresWhat} rows={8}>
    {(data) =>
      data.total.planned === 0 ? (
        <Empty>{words.figuresEmpty}</Empty>
      ) : (
        <>
          <Head of={data.total} days={days} />
          <Section title={words.byWeek}>
            <Weeks of={data.by_week} />
          </Section>
          <Tallies title={words.byMember} head={words.heads.member} of={data.by_member} />
          {data.by_team.some((each) => each.key) && (
            <Tallies title={words.byTeam} head={words.heads.team} of={data.by_team} emptyName={words.noTeam} />
          )}
          <Tallies title={words.byPage} head={words.heads.page} of={data.by_page} />
        </>
      )
    }
  </Loaded>
);

const Board = ({ days }: { days: number }) => {
  const client = useQueryClient();
  const maySwitch = useMay('operate');
  const board = useQuery(boardQuery(days));
  const change = useMutation({
    mutationFn: (isOn: boolean) => dataOf(api.PUT('/engagements/leaderboard', { body: { is_on: isOn } })),
    onSuccess: (now) => toast(words.boardSwitched(now.is_on)),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  const list = (items: Schemas['placed_leader'][]): ReactNode =>
    items.length === 0 ? (
      <Empty>{words.boardEmpty}</Empty>
    ) : (
      <Card>
        <ol aria-label={words.board}>
          {items.map((each) => (
            <li
              key={each.member_id}
              data-leader={each.place}
              className={cn(
                'grid min-h-(--row) grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 border-t border-line-subtle px-4 py-1.5 first:border-t-0',
                each.is_me && 'bg-accent-tint',
              )}
            >
              <span className="text-muted tabular">{words.place(each.place)}</span>
              <span className="truncate font-name">{each.is_me ? words.youNamed(each.name) : each.name}</span>
              <span className="text-right text-meta text-secondary tabular">
                {words.boardActs(each.likes, each.comments)}
              </span>
            </li>
          ))}
        </ol>
      </Card>
    );
  return (
    <Section
      title={words.board}
      aside={
        maySwitch &&
        board.data && (
          <span className="flex items-center gap-2">
            <span aria-hidden className="text-right text-secondary">
              {words.boardOn}
            </span>
            <Switch
              label={words.boardOn}
              isOn={board.data.is_on}
              disabled={change.isPending}
              onChange={(isOn) => change.mutate(isOn)}
            />
          </span>
        )
      }
    >
      <Loaded query={board} what={words.boardWhat} rows={3}>
        {(data) => (data.is_on ? list(data.items) : <p className="text-secondary">{words.boardOff}</p>)}
      </Loaded>
    </Section>
  );
};

export const EngagementFiguresPage = () => {
  const navigate = useNavigate();
  const me = useMe();
  const mayRead = me?.permissions.includes('read_audit') ?? false;
  const days = daysOf(useSearch({ from: '/app/engagement/figures' }).days);
  const download = useMutation({
    mutationFn: async () =>
      (await dataOf(
        api.GET('/engagements/analytics/export', { params: { query: { days } }, parseAs: 'blob' }),
      )) as unknown as Blob,
    onSuccess: (file) => saveFile('engagement.csv', file, 'text/csv'),
    onError: toastError,
  });
  const exporting = (className?: string) => (
    <Button icon={Download} busy={download.isPending} onClick={() => download.mutate()} className={className}>
      {words.exportCsv}
    </Button>
  );
  return (
    <Page title={words.figuresTitle} ownPrimary actions={mayRead ? exporting() : undefined}>
      <EngagementNav />
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          label={words.range}
          value={String(days)}
          choices={ranges.map((each) => ({ value: String(each), label: words.rangeOf(each) }))}
          onChange={(next) => void navigate({ to: '/app/engagement/figures', search: { days: next }, replace: true })}
        />
        {mayRead && exporting('tablet:hidden')}
      </div>
      {me && (mayRead ? <Figures days={days} /> : <MayNot>{words.figuresMayNot}</MayNot>)}
      <Board days={days} />
    </Page>
  );
};
