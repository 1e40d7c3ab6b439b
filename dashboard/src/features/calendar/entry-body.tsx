/**
 * One post in the calendar, the same in every view. Solid edge: planned. Dashed to solid amber: late. Hatched: held.
 */
import { PlatformMark } from '@/components/icons';
import { lookOf, Status, textTones, wordOf } from '@/components/status';
import type { CalendarEntry } from '@/data/calendar';
import { cn } from '@/lib/cn';
import { clockOf, latenessOf, lengthOf, toMs } from '@/lib/time/format';
import { calendarStrings } from '@strings/calendar';
import { wordsOfLate } from './words';
import type { Prediction } from './what-if';

/** A day's column has no room for "Would be held"; the text above says that these are predictions. */
const shortWould = calendarStrings.wouldShort;

const edges = {
  rest: 'border-s-line-control',
  motion: 'border-s-info',
  done: 'border-s-success',
  asks: 'border-s-warning',
  broken: 'border-s-danger',
  held: 'border-s-line-control',
  over: 'border-s-line',
} as const;

type Props = {
  entry: CalendarEntry;
  zone: string;
  /** The prediction, if the what-if is shown. */
  prediction?: Prediction;
  /** One line, for cells of a month. */
  slim?: boolean;
  isSelected?: boolean;
  /** Its project or company is paused. */
  isHeld?: boolean;
  /** While it is dragged or moved: its new time. */
  at?: number;
};

/**
 * A line of a month's cell. Where the cell is too narrow for time and title beside each other, the title stands below,
 * on up to two lines: a month in which every title is its first letter says nothing.
 */
export const slimLine = 'items-center gap-1.5 @max-[9rem]:items-start @max-[9rem]:gap-0.5 @max-[9rem]:px-1 @max-[9rem]:py-0.5';
export const slimParts = '@max-[9rem]:flex-1 @max-[9rem]:flex-wrap @max-[9rem]:gap-y-0';
export const slimTitle =
  'truncate @max-[9rem]:line-clamp-2 @max-[9rem]:basis-full @max-[9rem]:leading-[0.9375rem] @max-[9rem]:break-words @max-[9rem]:whitespace-normal';

/** Each platform once. */
const Marks = ({ entry }: { entry: CalendarEntry }) => (
  // Icons without room wrap to a hidden second line, so that none is cut in two.
  <span className="ms-auto flex h-4 min-w-0 shrink flex-wrap justify-end overflow-hidden before:h-4 before:w-px">
    {[...new Set(entry.channels.map((each) => each.platform))].map((platform) => (
      <PlatformMark key={platform} of={platform} named className="scale-75" />
    ))}
  </span>
);

const Foot = ({ prediction, zone }: { prediction: Prediction; zone: string }) => {
  const { icon: Icon, tone } = lookOf('would', prediction.trouble);
  const isLate = prediction.trouble === 'late' && prediction.startsAt !== undefined;
  return (
    <span
      data-would={prediction.trouble}
      className={cn(
        'mt-auto flex max-w-full min-w-0 items-center gap-1 self-start rounded-badge px-1 text-axis whitespace-nowrap',
        isLate ? 'border border-warning-line bg-warning-tint text-warning-text' : textTones[tone],
      )}
    >
      <Icon size={12} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="truncate" title={isLate ? latenessOf(prediction.latenessMs) : wordOf('would', prediction.trouble)}>
        {isLate && prediction.startsAt
          ? `${clockOf(prediction.startsAt, zone, false)} ${latenessOf(Math.floor(prediction.latenessMs / 1000) * 1000)}`
          : shortWould[prediction.trouble]}
      </span>
    </span>
  );
};

export const EntryBody = ({ entry, zone, prediction, slim, isSelected, isHeld, at }: Props) => {
  const { tone } = lookOf('post', entry.state);
  const time = clockOf(at ?? toMs(entry.at), zone);
  const isOver = entry.state === 'cancelled';
  return (
    <span
      data-entry={entry.id}
      data-state={entry.state}
      className={cn(
        'flex size-full min-h-5.5 min-w-0 overflow-hidden rounded-badge border border-s-3 border-line bg-raised px-1.5 text-start text-meta',
        slim ? slimLine : 'flex-col gap-0.5 py-0.5',
        edges[prediction ? lookOf('would', prediction.trouble).tone : tone],
        prediction?.trouble === 'late' && 'border-dashed border-line-control',
        (isHeld || prediction?.trouble === 'held') && 'hatched',
        isOver && 'text-muted',
        isSelected && 'bg-accent-tint outline-2 -outline-offset-2 outline-accent',
      )}
    >
      <span className={cn('flex min-w-0 items-center gap-1', slim && slimParts)}>
        {/* Planned is what an entry is; every other state has its icon. */}
        {entry.state !== 'scheduled' && <Status of="post" state={entry.state} as="icon" className="-mx-0.5 scale-75" />}
        <span className="shrink-0 tabular text-secondary">{time}</span>
        {slim && <span className={cn('font-name', slimTitle, isOver && 'line-through')}>{entry.title}</span>}
        {!slim && <Marks entry={entry} />}
      </span>
      {!slim && (
        <span className={cn('min-w-0 truncate leading-tight font-name', isOver && 'line-through')}>{entry.title}</span>
      )}
      {prediction && !slim && <Foot prediction={prediction} zone={zone} />}
      {prediction && slim && (
        <span className="ms-auto text-warning-text">
          <Status of="would" state={prediction.trouble} as="icon" className="scale-75" />
        </span>
      )}
    </span>
  );
};

/** The text of an entry for screen readers. */
export const spokenEntry = (entry: CalendarEntry, zone: string, prediction?: Prediction): string =>
  [
    clockOf(toMs(entry.at), zone),
    entry.title,
    wordOf('post', entry.state),
    entry.channels.map((each) => each.name).join(', '),
    prediction ? wordsOfLate(wordOf('would', prediction.trouble), lengthOf(prediction.latenessMs)) : '',
  ]
    .filter(Boolean)
    .join(', ');
