/** Month, week and day on FullCalendar. Loaded when one of them is first wanted. */
import FullCalendar, { useCalendarController, type CalendarOptions, type EventInput } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Calendar, CalendarEntry } from '@/data/calendar';
import { serverNow } from '@/lib/clock';
import { toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { commonStrings } from '@strings/common';
import { EntryBody, spokenEntry } from './entry-body';
import { gridLook } from './grid-look';
import { addDays, fromWall, toWall, type DateText, type View } from './span';
import type { Prediction } from './what-if';

const shown_ms = 30 * 60_000;
const cell_max = 4;
const columns_max = 3;

type Props = {
  view: Exclude<View, 'list'>;
  date: DateText;
  calendar: Calendar;
  entries: CalendarEntry[];
  zone: string;
  predictions: Map<string, Prediction>;
  selected: string | undefined;
  canMove: (entry: CalendarEntry) => boolean;
  onOpen: (entry: CalendarEntry) => void;
  onMove: (entry: CalendarEntry, to: number, revert: () => void) => void;
  onSlot: (at: number, isDay: boolean) => void;
};

const viewNames = { month: 'dayGridMonth', week: 'timeGridWeek', day: 'timeGridDay' };
const wallText = (wall: number) => new Date(wall).toISOString();

/** An hour that the clocks leave out, or show twice, as a stretch behind the entries. */
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

export const CalendarGrid = (props: Props) => {
  const { view, date, calendar, entries, zone, predictions, selected, canMove, onOpen, onMove, onSlot } = props;
  const controller = useCalendarController();
  const byId = useMemo(() => new Map(entries.map((each) => [each.id, each])), [entries]);
  const events = useMemo<EventInput[]>(
    () => [
      ...entries.map((entry) => {
        const start = toWall(toMs(entry.at), zone);
        const prediction = predictions.get(entry.id);
        // A late one reaches from its time to the time at which it would go out.
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
      ...changesAsEvents(calendar, zone),
    ],
    [entries, predictions, calendar, zone, view, canMove],
  );
  const shown = useRef({ view, date });
  useEffect(() => {
    if (shown.current.view === view && shown.current.date === date) return;
    const isOtherView = shown.current.view !== view;
    shown.current = { view, date };
    // FullCalendar flushes its own drawing, which React forbids while it draws.
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
    // Walls, see toWall: what the grid takes for UTC is what the project's clocks show.
    timeZone: 'UTC',
    now: () => wallText(toWall(serverNow(), zone)),
    nowIndicator: true,
    locale: 'en-GB',
    firstDay: 1,
    events,
    allDaySlot: false,
    slotDuration: '00:30:00',
    snapDuration: '00:05:00',
    slotHeaderInterval: '01:00:00',
    scrollTime: '07:00:00',
    slotHeaderFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    dayHeaderFormat:
      view === 'month'
        ? { weekday: 'short' }
        : { weekday: 'short', day: 'numeric', month: view === 'day' ? 'long' : undefined },
    height: view === 'month' ? 'auto' : 'calc(100dvh - 11rem)',
    fixedWeekCount: false,
    dayMaxEvents: cell_max,
    eventMaxStack: columns_max,
    eventMinHeight: 42,
    slotMinHeight: 24,
    eventDurationEditable: false,
    eventInteractive: true,
    dragRevertDuration: 200,
    moreLinkContent: (info) => words.more(info.num),
    popoverCloseContent: () => <X size={14} strokeWidth={1.75} aria-hidden />,
    closeHint: commonStrings.close,
    eventContent: (info) => {
      if (info.event.display === 'background') return info.event.title;
      const entry = byId.get(info.event.id);
      if (!entry) return null;
      return (
        <>
          <EntryBody
            entry={entry}
            zone={zone}
            prediction={predictions.get(entry.id)}
            slim={info.view.type === 'dayGridMonth'}
            isSelected={selected === entry.id}
            at={info.isDragging && info.event.start ? fromWall(info.event.start.getTime(), zone) : undefined}
          />
          <span className="sr-only">{spokenEntry(entry, zone, predictions.get(entry.id))}</span>
        </>
      );
    },
    eventClick: (info) => {
      info.jsEvent.preventDefault();
      const entry = byId.get(info.event.id);
      if (entry) onOpen(entry);
    },
    eventDrop: (info) => {
      const entry = byId.get(info.event.id);
      if (entry && info.event.start) onMove(entry, fromWall(info.event.start.getTime(), zone), info.revert);
    },
    dateClick: (info) => onSlot(fromWall(info.date.getTime(), zone), info.view.type === 'dayGridMonth'),
  };
  return (
    <div
      className="overflow-hidden rounded-card border border-line"
      role="region"
      aria-label={words.grid}
      data-until={addDays(date, 1)}
    >
      <FullCalendar {...options} />
    </div>
  );
};
