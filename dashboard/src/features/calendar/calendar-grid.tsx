/** Month, week and day on FullCalendar. Loaded on first use. */
import FullCalendar, { useCalendarController, type CalendarOptions, type EventInput } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Calendar, CalendarEntry } from '@/data/calendar';
import { serverNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { useMedia } from '@/lib/media';
import { toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { commonStrings } from '@strings/common';
import { dragTo, endDrag } from './drag';
import { EntryBody, spokenEntry } from './entry-body';
import { useFocusableScrollers, useIsAtRest } from './grid-frame';
import { gridLook } from './grid-look';
import { PlanBody, SpanBody, spokenPlan } from './plan-body';
import { quietParts, spansOf, type CampaignSpan, type Plan } from './plans';
import { addDays, datesOf, fromWall, scrollTimeOf, toWall, type DateText, type View } from './span';
import type { Prediction } from './what-if';

const shown_ms = 30 * 60_000;
const cell_max = 4;
/** Entries of a narrow month are three times as high. */
const narrow = '(max-width: 1100px)';
const narrow_cell_max = 3;
const columns_max = 3;

type Props = {
  view: Exclude<View, 'list'>;
  date: DateText;
  calendar: Calendar;
  entries: CalendarEntry[];
  plans: Plan[];
  zone: string;
  predictions: Map<string, Prediction>;
  /** Paused: nothing goes out until somebody resumes. */
  isHeld: boolean;
  selected: string | undefined;
  canMove: (entry: CalendarEntry) => boolean;
  /** An entry reached with Tab has the same keys. */
  onSelect: (id: string) => void;
  onOpen: (entry: CalendarEntry) => void;
  onPlan: (plan: Plan) => void;
  onCampaign: (id: string) => void;
  onMove: (entry: CalendarEntry, to: number, revert: () => void) => void;
  onSlot: (at: number, isDay: boolean) => void;
};

const viewNames = { month: 'dayGridMonth', week: 'timeGridWeek', day: 'timeGridDay' };
const wallText = (wall: number) => new Date(wall).toISOString();

/** An hour that the clocks skip or repeat, as a stripe behind the entries. */
const changesAsEvents = (calendar: Calendar, zone: string): EventInput[] =>
  calendar.clock_changes.map((change) => {
    const at = toMs(change.at);
    const before = toWall(at - 1, zone) + 1;
    const after = toWall(at, zone);
    const isForward = change.minutes > 0;
    return {
      id: `clock-${change.at}`,
      display: 'background',
      start: wallText(Math.min(before, after)),
      end: wallText(Math.max(before, after)),
      title: isForward ? words.noHour : words.twice,
    };
  });

/** Campaigns as bars, and days and hours without posts as stripes behind. */
const daysAsEvents = (calendar: Calendar, view: Props['view'], spans: CampaignSpan[]): EventInput[] => [
  ...spans.map((each) => ({
    id: `campaign-${each.id}`,
    title: each.name,
    start: each.from,
    end: each.until,
    allDay: true,
    editable: false,
  })),
  ...calendar.blackouts.map((each, index) => ({
    id: `blackout-${index}`,
    display: 'background',
    start: each.first_day,
    end: addDays(each.last_day, 1),
    allDay: true,
    title: each.reason || words.blackoutShort,
  })),
  ...(view === 'month'
    ? []
    : quietParts(calendar.quiet_hours).map((each) => ({
        id: `quiet-${each.from}`,
        display: 'background',
        daysOfWeek: [0, 1, 2, 3, 4, 5, 6],
        startTime: each.from,
        endTime: each.to,
        title: words.quietShort,
      }))),
];

export const CalendarGrid = (props: Props) => {
  const { view, date, calendar, entries, plans, zone, predictions, selected, canMove, onOpen, onMove, onSlot } = props;
  const controller = useCalendarController();
  const isNarrow = useMedia(narrow);
  const byId = useMemo(() => new Map(entries.map((each) => [each.id, each])), [entries]);
  const planById = useMemo(() => new Map(plans.map((each) => [each.id, each])), [plans]);
  const spans = useMemo(() => spansOf(calendar, datesOf(view, date)), [calendar, view, date]);
  // The text above the grid takes one line of the window.
  const isBanded =
    calendar.quiet_hours !== null || calendar.blackouts.length > 0 || entries.length + plans.length === 0;
  const events = useMemo<EventInput[]>(
    () => [
      ...entries.map((entry) => {
        const start = toWall(toMs(entry.at), zone);
        const prediction = predictions.get(entry.id);
        // A late entry spans from its time to the time at which it would go out.
        const stretch = prediction?.startsAt ? toWall(prediction.startsAt, zone) - start + shown_ms : shown_ms;
        const isDrawn = stretch < 12 * 3_600_000;
        return {
          id: entry.id,
          title: entry.title,
          start: wallText(start),
          end: wallText(start + (view === 'month' || !isDrawn ? shown_ms : Math.max(stretch, shown_ms))),
          editable: canMove(entry),
        };
      }),
      ...plans.map((each) => {
        const start = toWall(each.at, zone);
        return {
          id: each.id,
          title: each.title,
          start: wallText(start),
          end: wallText(start + shown_ms),
          editable: false,
        };
      }),
      ...daysAsEvents(calendar, view, spans),
      ...changesAsEvents(calendar, zone),
    ],
    [entries, plans, spans, predictions, calendar, zone, view, canMove],
  );
  const frame = useFocusableScrollers(events);
  useEffect(() => endDrag, []);
  const isAtRest = useIsAtRest(frame);
  const shown = useRef({ view, date });
  useEffect(() => {
    if (shown.current.view === view && shown.current.date === date) return;
    const isOtherView = shown.current.view !== view;
    shown.current = { view, date };
    // FullCalendar flushes its own rendering, which React forbids during a rendering.
    queueMicrotask(() => {
      if (isOtherView) controller.changeView(viewNames[view]);
      controller.gotoDate(date);
    });
  }, [controller, view, date]);

  const options: CalendarOptions = {
    ...gridLook,
    plugins: [dayGridPlugin, timeGridPlugin, interactionPlugin],
    controller,
    initialView: viewNames[view],
    initialDate: date,
    headerToolbar: false,
    // Wall clocks (see toWall): the grid's UTC is the clock of the project's zone.
    timeZone: 'UTC',
    now: () => wallText(toWall(serverNow(), zone)),
    nowIndicator: true,
    locale: 'en-GB',
    firstDay: 1,
    events,
    allDaySlot: spans.length > 0,
    allDayText: words.allDay,
    slotDuration: '00:30:00',
    snapDuration: '00:05:00',
    slotHeaderInterval: '01:00:00',
    scrollTime: scrollTimeOf(toWall(serverNow(), zone), datesOf(view, date)),
    slotHeaderFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    dayHeaderFormat:
      view === 'month'
        ? { weekday: 'short' }
        : { weekday: 'short', day: 'numeric', month: view === 'day' ? 'long' : undefined },
    height: view === 'month' ? 'auto' : isBanded ? 'calc(100dvh - 13.5rem)' : 'calc(100dvh - 11rem)',
    fixedWeekCount: false,
    dayMaxEvents: isNarrow ? narrow_cell_max : cell_max,
    eventMaxStack: columns_max,
    // Time, title, and the predicted outcome.
    eventMinHeight: predictions.size > 0 ? 58 : 42,
    slotMinHeight: 24,
    eventDurationEditable: false,
    eventInteractive: true,
    dragRevertDuration: 200,
    moreLinkContent: (info) => words.more(info.num),
    popoverCloseContent: () => <X size={14} strokeWidth={1.75} aria-hidden />,
    closeHint: commonStrings.close,
    eventContent: (info) => {
      // In a month its label would cover the day's number; the line above the grid has it.
      if (info.event.display === 'background') return info.view.type === 'dayGridMonth' ? null : info.event.title;
      const entry = byId.get(info.event.id);
      const plan = planById.get(info.event.id);
      if (plan) {
        return (
          <>
            <PlanBody of={plan} zone={zone} slim={info.view.type === 'dayGridMonth'} />
            <span className="sr-only">{spokenPlan(plan, zone)}</span>
          </>
        );
      }
      const span = spans.find((each) => `campaign-${each.id}` === info.event.id);
      if (span) return <SpanBody of={span} />;
      if (!entry) return null;
      return (
        <>
          <EntryBody
            entry={entry}
            zone={zone}
            prediction={predictions.get(entry.id)}
            slim={info.view.type === 'dayGridMonth'}
            isSelected={selected === entry.id}
            isHeld={props.isHeld && entry.state === 'scheduled'}
            at={info.isDragging && info.event.start ? fromWall(info.event.start.getTime(), zone) : undefined}
          />
          <span className="sr-only">{spokenEntry(entry, zone, predictions.get(entry.id))}</span>
        </>
      );
    },
    eventClick: (info) => {
      info.jsEvent.preventDefault();
      const entry = byId.get(info.event.id);
      const plan = planById.get(info.event.id);
      if (entry) onOpen(entry);
      else if (plan) props.onPlan(plan);
      else if (info.event.id.startsWith('campaign-')) props.onCampaign(info.event.id.slice('campaign-'.length));
    },
    // Asked at each step of a drag, and the only place that hears of them.
    eventAllow: ({ start }, event) => {
      const entry = event && byId.get(event.id);
      if (entry) dragTo(entry, fromWall(start.getTime(), zone));
      return true;
    },
    eventDragStop: endDrag,
    eventDrop: (info) => {
      const entry = byId.get(info.event.id);
      if (entry && info.event.start) onMove(entry, fromWall(info.event.start.getTime(), zone), info.revert);
    },
    dateClick: (info) => onSlot(fromWall(info.date.getTime(), zone), info.view.type === 'dayGridMonth'),
  };
  return (
    <div
      ref={frame}
      className={cn('overflow-hidden rounded-card border border-line', !isAtRest && 'invisible')}
      role="region"
      aria-label={words.grid}
      data-until={addDays(date, 1)}
      onFocus={(event) => {
        const id = event.target.querySelector<HTMLElement>('[data-entry]')?.dataset.entry;
        if (id && event.target.matches('[role="button"],a,[tabindex="0"]')) props.onSelect(id);
      }}
    >
      <FullCalendar {...options} />
    </div>
  );
};
