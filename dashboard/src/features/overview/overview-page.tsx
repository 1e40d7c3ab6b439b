import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { LiveRail } from '@/components/live-rail';
import { NeedsYouRow, useOpenNeed } from '@/components/needs-you-row';
import { Card, Page, Section } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { Time } from '@/components/time';
import { channelsQuery } from '@/data/channels';
import { needsYouQuery } from '@/data/deliveries';
import { useNeedsYou } from '@/data/needs-you';
import { outcomesQuery } from '@/data/outcomes';
import { chosenProject, useProject, useZone } from '@/data/projects';
import { comingQuery } from '@/data/simulation';
import { serverNow, useSlowNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { useMedia } from '@/lib/media';
import { queryClient } from '@/lib/query-client';
import { ownZone } from '@/lib/time/format';
import { startOfDay } from '@/lib/time/zoned';
import { frameStrings } from '@strings/frame';
import { needsYouStrings } from '@strings/needs-you';
import { overviewStrings as words } from '@strings/overview';
import { Agenda } from './agenda';
import { Budgets } from './budgets';
import { NextOut } from './next-out';
import { Punctuality } from './punctuality';
import { Runway } from './runway';
import { makeRows } from './runway-model';

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
const before_ms = 15 * minute_ms;
const coming_h = 24 * 14;
const needsShown_max = 5;

/** The start times of the queries, in steps of a quarter of an hour, so that an answer is cached for as long. */
const spanOf = (now: number, zone: string) => {
  const from = Math.floor(now / before_ms) * before_ms - before_ms;
  const today = startOfDay(now, zone);
  return { from, today, since: Math.min(today, from) };
};

/** Requests the page's data before it is rendered. */
export const askAhead = async (): Promise<void> => {
  const project = await chosenProject();
  const { from, since } = spanOf(serverNow(), project?.time_zone ?? ownZone());
  void queryClient.prefetchQuery(channelsQuery(project?.id));
  void queryClient.prefetchQuery(outcomesQuery(project?.id, since));
  void queryClient.prefetchQuery(needsYouQuery(project?.id));
  if (project) void queryClient.prefetchQuery(comingQuery(project.id, from, coming_h));
};

const legend = [
  { label: words.scheduled, edge: 'bg-accent' },
  { label: words.willBeLate, edge: 'bg-warning' },
] as const;

const Legend = () => (
  <p className="ml-auto flex items-center gap-3 text-meta text-muted max-tablet:hidden" aria-hidden>
    {legend.map(({ label, edge }) => (
      <span key={label} className="flex items-center gap-1.5">
        <span className={`h-3 w-[0.1875rem] ${edge}`} />
        {label}
      </span>
    ))}
    <span className="flex items-center gap-1.5">
      <span className="hatched size-3 rounded-kbd border border-dashed border-line-control" />
      {words.held}
    </span>
  </p>
);

export const OverviewPage = () => {
  const project = useProject();
  const zone = useZone();
  const now = useSlowNow(15_000);
  const isPhone = useMedia('(max-width: 639px)');
  const [shift_h, setShift] = useState(0);
  const minute = Math.floor(now / minute_ms) * minute_ms;
  const channels = useQuery(channelsQuery(project?.id));
  const { from, today, since } = spanOf(now, zone);
  const coming = useQuery(comingQuery(project?.id, from, coming_h));
  const past = useQuery(outcomesQuery(project?.id, since));
  const needs = useNeedsYou();
  const open = useOpenNeed();
  const shown = needs.items.slice(0, needsShown_max);
  const { currentId, setCurrentId } = useListKeys({
    items: shown,
    idOf: (each) => each.id,
    labels: {
      next: needsYouStrings.moveDown,
      previous: needsYouStrings.moveUp,
      open: needsYouStrings.open,
      group: frameStrings.keysPage,
    },
    onOpen: open,
  });
  useKeys([
    { key: '[', label: words.shiftBack, group: frameStrings.keysPage, run: () => setShift((h) => h - 1) },
    { key: ']', label: words.shiftAhead, group: frameStrings.keysPage, run: () => setShift((h) => h + 1) },
  ]);
  const window = { from: minute - before_ms + shift_h * hour_ms, to: minute + hour_ms + shift_h * hour_ms };
  const deliveries = coming.data?.deliveries ?? [];
  const rows = makeRows(
    (channels.data ?? []).map((each) => each.id),
    deliveries,
    past.data ?? [],
    window,
  );
  const isEmpty = rows.every((row) => row.entries.length === 0);
  const later = deliveries.find((each) => Date.parse(each.due_at) > window.to);
  // Upper parts would push lower ones down, so all appear together.
  if ([channels, coming, past].some((each) => each.isLoading) || needs.isPending) {
    return (
      <Page title={frameStrings.overview} rail={<LiveRail />} railLabel={words.liveRail}>
        <Skeleton rows={10} />
      </Page>
    );
  }
  return (
    <Page title={frameStrings.overview} rail={<LiveRail />} railLabel={words.liveRail}>
      {channels.data?.length === 0 ? (
        <Empty
          action={
            <Link to="/app/start" className={buttonStyle('quiet')}>
              {words.connect}
            </Link>
          }
        >
          {words.noChannel}
        </Empty>
      ) : !project ? (
        <ChooseProject />
      ) : coming.error && !coming.data ? (
        <ErrorBox error={coming.error} what={words.overview} onRetry={() => void coming.refetch()} />
      ) : (
        <section aria-label={words.runway} className="flex flex-col gap-3">
          <div className="flex flex-wrap items-end gap-3">
            <NextOut coming={deliveries} now={now} />
            <Legend />
            <div className="flex gap-1 max-tablet:hidden">
              {shift_h !== 0 && (
                <Button size="small" kind="ghost" onClick={() => setShift(0)}>
                  {words.backToNow}
                </Button>
              )}
              <Button
                size="small"
                kind="ghost"
                icon={ChevronLeft}
                aria-label={words.shiftBack}
                onClick={() => setShift(shift_h - 1)}
              />
              <Button
                size="small"
                kind="ghost"
                icon={ChevronRight}
                aria-label={words.shiftAhead}
                onClick={() => setShift(shift_h + 1)}
              />
            </div>
          </div>
          {channels.data && coming.data ? (
            isPhone ? (
              <Agenda rows={rows} channels={channels.data} zone={zone} />
            ) : (
              <Runway channels={channels.data} rows={rows} zone={zone} window={window} />
            )
          ) : (
            <Skeleton rows={4} className="rounded-card border border-line" />
          )}
          {coming.data && isEmpty && shift_h === 0 && (
            <p className="text-secondary">
              {words.nothingInHour}{' '}
              {later ? (
                <>
                  {words.nextPostIs} <Time at={later.due_at} />.
                </>
              ) : (
                words.nothingPlanned
              )}
            </p>
          )}
        </section>
      )}
      <Section
        title={words.needsYou}
        count={needs.items.length || undefined}
        aside={
          needs.items.length > 0 && (
            <Link to="/app/needs-you" className="text-muted hover:text-text">
              {words.openAll}
            </Link>
          )
        }
      >
        {shown.length === 0 ? (
          <p className="text-secondary">{words.nothingWaits}</p>
        ) : (
          <Card>
            <ul>
              {shown.map((each) => (
                <NeedsYouRow
                  key={each.id}
                  of={each}
                  isCurrent={each.id === currentId}
                  onFocus={setCurrentId}
                />
              ))}
            </ul>
          </Card>
        )}
      </Section>
      <div className="grid gap-x-6 gap-y-6 desk:grid-cols-2">
        <Punctuality outcomes={(past.data ?? []).filter((each) => Date.parse(each.finished_at) >= today)} />
        <Budgets channels={channels.data ?? []} projectId={project?.id} />
      </div>
    </Page>
  );
};
