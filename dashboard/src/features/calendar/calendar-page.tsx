import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { buttonStyle } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { HeldDialog } from '@/components/held-dialog';
import { Page } from '@/components/page';
import { Empty, Loaded, Skeleton } from '@/components/states';
import { calendarQuery, type Calendar, type CalendarEntry } from '@/data/calendar';
import { channelsQuery, useChannels } from '@/data/channels';
import { useCompany } from '@/data/company';
import { useMay } from '@/data/people';
import { chosenProject, useProject, type Project } from '@/data/projects';
import type { Simulation } from '@/data/simulation';
import { serverNow, useSlowNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { useMedia } from '@/lib/media';
import { queryClient } from '@/lib/query-client';
import { toMs, zoneName } from '@/lib/time/format';
import { lazyWhenThere } from '@/lib/when-there';
import { calendarStrings as words } from '@strings/calendar';
import { frameStrings } from '@strings/frame';
import { Bar } from './bar';
import { DaysBand } from './days-band';
import { CarriedBar, DragBar } from './drag';
import { spokenEntry } from './entry-body';
import { FeedsDialog } from './feeds-dialog';
import { ListView } from './list-view';
import { plansOf, type Plan } from './plans';
import { dateIn, datesOf, isDate, startOf, step, viewOf, type DateText, type View } from './span';
import { useMove } from './use-move';
import { useWalk } from './use-walk';
import { assumedAtFirst, isMovable, lateOf, predictionsOf, whatIfQuery } from './what-if';
import { WhatIfRail } from './what-if-rail';

const loadGrid = () => import('./calendar-grid');
const CalendarGrid = lazyWhenThere(() => loadGrid().then((found) => ({ default: found.CalendarGrid })));
const address = getRouteApi('/app/calendar');

/** The view and the day of the address, or the defaults. */
const placeOf = (search: { view?: string; date?: string }, isPhone: boolean, now: number, zone: string) => {
  const today = dateIn(now, zone);
  const view = viewOf(search.view, isPhone);
  const date: DateText = isDate(search.date) ? search.date : today;
  const dates = datesOf(view, date);
  return { view, date, dates, from: startOf(dates.from, zone), to: startOf(dates.to, zone) };
};
const phone = '(max-width: 639px)';

/** Requests the page's data before it is rendered: the entries, and at the same time the grid's larger file. */
export const askAhead = async (search: { view?: string; date?: string }): Promise<void> => {
  const isPhone = matchMedia(phone).matches;
  if (viewOf(search.view, isPhone) !== 'list') void loadGrid();
  const project = await chosenProject();
  if (!project) return;
  const { from, to } = placeOf(search, isPhone, serverNow(), project.time_zone);
  void queryClient.prefetchQuery(calendarQuery(project.id, from, to));
  void queryClient.prefetchQuery(channelsQuery(project.id));
};

/** How many fewer posts are late since the last change. */
const useFewerLate = (simulation: Simulation | undefined): number => {
  const before = useRef<{ key: string; late: number }>(undefined);
  const [fewer, setFewer] = useState(0);
  useEffect(() => {
    if (!simulation) return;
    const key = `${simulation.from} ${simulation.to} ${simulation.assumed.call_ms} ${simulation.assumed.failure_rate}`;
    const late = lateOf(simulation.totals);
    if (before.current?.key === key && before.current.late !== late) setFewer(before.current.late - late);
    if (before.current?.key !== key) setFewer(0);
    before.current = { key, late };
  }, [simulation]);
  return fewer;
};

const ClockChanges = ({ calendar }: { calendar: Calendar }) =>
  calendar.clock_changes.map((each) => (
    <p key={each.at} className="rounded-card border border-info-line bg-info-tint px-3 py-2 text-info-text">
      {(each.minutes > 0 ? words.forward : words.back)(each.from, each.to)}
    </p>
  ));

const emptyWords: Record<View, string> = {
  month: words.emptyMonth,
  week: words.emptyWeek,
  day: words.emptyDay,
  list: words.emptyWeek,
};

const ProjectCalendar = ({ project }: { project: Project }) => {
  const zone = project.time_zone;
  const isPhone = useMedia(phone);
  const now = useSlowNow(30_000);
  const search = address.useSearch();
  const go = address.useNavigate();
  const mayPublish = useMay('publish_posts');
  const channels = useChannels();
  const [channel, setChannel] = useState('');
  const [assumed, assume] = useState(assumedAtFirst);
  const [feedsOpen, setFeedsOpen] = useState(false);
  const { view, date, dates, from, to } = placeOf(search, isPhone, now, zone);
  const whatIf = search.whatif === true;
  const show = (next: { view?: View; date?: DateText; whatif?: boolean }) =>
    void go({ to: '.', search: { ...search, ...next }, replace: true });

  const query = useQuery(calendarQuery(project.id, from, to));
  const asked = useQuery({ ...whatIfQuery(project.id, from, to, assumed), enabled: whatIf && to > now });
  const simulation = whatIf && to > now ? asked.data : undefined;
  const predictions = useMemo(() => predictionsOf(simulation), [simulation]);
  const fewerLate = useFewerLate(simulation);
  const entries = useMemo(
    () =>
      (query.data?.entries ?? []).filter(
        (each) => channel === '' || each.channels.some((its) => its.channel_id === channel),
      ),
    [query.data, channel],
  );
  // Content and rules have no channel until they become posts.
  const plans = useMemo(
    () => (query.data && channel === '' ? plansOf(query.data, zone) : []),
    [query.data, channel, zone],
  );
  const canMove = useCallback((entry: CalendarEntry) => isMovable(entry, mayPublish), [mayPublish]);
  const moving = useMove(zone, project.id);
  const { move } = moving;
  const company = useCompany();
  const isPaused = Boolean(company?.paused_at ?? project.paused_at);
  const open = (entry: CalendarEntry) => void go({ to: '/app/posts/$postId', params: { postId: entry.id } });
  const openPlan = (plan: Plan) =>
    void (plan.kind === 'content'
      ? go({ to: '/app/content-studio/$contentId', params: { contentId: plan.contentId } })
      : go({ to: '/app/automations/$ruleId', params: { ruleId: plan.ruleId } }));
  const walk = useWalk({
    entries,
    zone,
    canMove,
    onOpen: open,
    onMove: (entry, at) => {
      move({ entry, to: at });
      // The view follows an entry that is moved out of sight.
      if (at < from || at >= to) show({ date: dateIn(at, zone) });
    },
  });
  useKeys([
    { key: 'w', label: words.whatIfShow, run: () => show({ whatif: !whatIf || undefined }) },
    { key: 't', label: words.today, run: () => show({ date: undefined }) },
    { key: '[', label: words.previous[view], run: () => show({ date: step(view, date, -1) }) },
    { key: ']', label: words.next[view], run: () => show({ date: step(view, date, 1) }) },
  ]);
  // A moved entry is shown at its new time.
  const { carried } = walk;
  const drawn = useMemo(() => {
    if (!carried) return entries;
    const at = new Date(carried.to).toISOString();
    return entries.map((each) => (each.id === carried.entry.id ? { ...each, at } : each));
  }, [entries, carried]);
  const isEmpty = entries.length === 0 && plans.length === 0;
  const newPostAt = (at: number, isDay: boolean) => {
    const wanted = isDay ? at + 9 * 3_600_000 : at;
    if (wanted > serverNow()) void go({ to: '/app/posts/new', search: { at: new Date(wanted).toISOString() } });
  };
  return (
    <Page
      title={frameStrings.calendar}
      className="max-w-none"
      railLabel={words.whatIf}
      rail={
        whatIf ? (
          <WhatIfRail
            simulation={simulation}
            assumed={assumed}
            onAssume={assume}
            zone={zone}
            onMove={(of) => {
              const entry = entries.find((each) => each.id === of.post_id);
              if (entry && canMove(entry) && of.starts_at) {
                move({ entry, to: Math.ceil(toMs(of.starts_at) / 60_000) * 60_000 });
              }
            }}
          />
        ) : undefined
      }
    >
      <Bar
        view={view}
        date={date}
        zoneName={zoneName(Math.max(from, Math.min(now, to - 1)), zone)}
        isPhone={isPhone}
        channels={channels}
        channel={channel}
        whatIf={whatIf}
        simulation={simulation}
        fewerLate={fewerLate}
        onView={(next) => show({ view: next })}
        onStep={(by) => show({ date: step(view, date, by) })}
        onToday={() => show({ date: undefined })}
        onChannel={setChannel}
        onWhatIf={(on) => show({ whatif: on || undefined })}
        onSubscribe={() => setFeedsOpen(true)}
      />
      <Loaded query={query} what={words.what} rows={8}>
        {(calendar) => (
          <>
            {view !== 'month' && <ClockChanges calendar={calendar} />}
            {calendar.is_cut && <p className="text-warning-text">{words.cut}</p>}
            <DaysBand calendar={calendar} shown={dates} withCampaigns={view === 'list'} />
            {isEmpty && view !== 'list' && (
              <p className="text-secondary">
                {emptyWords[view]}{' '}
                <Link to="/app/posts/new" className="text-accent-text underline underline-offset-2">
                  {words.write}
                </Link>
              </p>
            )}
            {isEmpty && view === 'list' && (
              <Empty
                action={
                  <Link to="/app/posts/new" className={buttonStyle('quiet')}>
                    {words.write}
                  </Link>
                }
              >
                {emptyWords[view]}
              </Empty>
            )}
            {view === 'list' ? (
              <ListView
                entries={drawn}
                plans={plans}
                zone={zone}
                now={now}
                predictions={predictions}
                selected={walk.selected}
                isHeld={isPaused}
              />
            ) : (
              <Suspense fallback={<Skeleton rows={12} />}>
                <CalendarGrid
                  view={view}
                  date={date}
                  calendar={calendar}
                  entries={drawn}
                  plans={plans}
                  zone={zone}
                  predictions={predictions}
                  selected={walk.selected}
                  canMove={canMove}
                  onSelect={walk.select}
                  onOpen={(entry) => (walk.carried ? walk.drop() : open(entry))}
                  isHeld={isPaused}
                  onPlan={openPlan}
                  onCampaign={(id) => void go({ to: '/app/campaigns/$campaignId', params: { campaignId: id } })}
                  onMove={(entry, at, revert) => move({ entry, to: at, revert })}
                  onSlot={newPostAt}
                />
              </Suspense>
            )}
          </>
        )}
      </Loaded>
      <p role="status" className="sr-only">
        {walk.entry && !walk.carried && spokenEntry(walk.entry, zone, predictions.get(walk.entry.id))}
      </p>
      {walk.carried && <CarriedBar of={walk.carried} projectId={project.id} zone={zone} onDrop={walk.drop} onKeep={walk.keep} />}
      <DragBar projectId={project.id} zone={zone} />
      {moving.held && (
        <HeldDialog
          held={moving.held.held}
          title={moving.held.move.entry.title}
          zone={zone}
          busy={moving.isPending}
          onAnswer={moving.answer}
          onClose={moving.forget}
        />
      )}
      <FeedsDialog projectId={project.id} open={feedsOpen} onOpenChange={setFeedsOpen} />
    </Page>
  );
};

export const CalendarPage = () => {
  const project = useProject();
  if (project) return <ProjectCalendar project={project} />;
  return (
    <Page title={frameStrings.calendar}>
      <ChooseProject />
    </Page>
  );
};
