/** Every time on a page: in the project's zone, with its other readings one hover or focus away. */
import { Suspense, type ReactNode, type RefObject } from 'react';
import { loadFloats, useAnchor } from '@/components/floating';
import { useNow, useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import {
  clockOf,
  dayOf,
  distanceOf,
  isSameDay,
  latenessOf,
  latenessTone,
  lengthOf,
  momentOf,
  ownZone,
  partsIn,
  toMs,
  zoneName,
  zoneWithOffset,
  type Instant,
} from '@/lib/time/format';
import { timeStrings as words } from '@strings/time';
import { useZone } from '@/data/projects';
import { lazyWhenThere } from '@/lib/when-there';

const CardFloat = lazyWhenThere(() => loadFloats().then((all) => ({ default: all.CardFloat })));

type TimeProps = {
  at: Instant;
  zone?: string;
  /**
   * `moment`: weekday, day, clock, zone. `clock`: the clock alone. `exact`: with milliseconds, for what happened.
   * `smart`: the day only when it is not today.
   */
  as?: 'moment' | 'clock' | 'exact' | 'day' | 'smart';
  /** In a table the zone is named once, in the header. */
  noZone?: boolean;
  className?: string;
};

const Details = ({ at, zone }: { at: Instant; zone: string }) => {
  const ms = toMs(at);
  const p = partsIn(ms, zone);
  const own = ownZone();
  const rows: [string, ReactNode][] = [
    [
      words.projectZone,
      `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute}:${p.second}.${p.ms} ${zoneWithOffset(ms, zone)}`,
    ],
    [words.utcZone, new Date(ms).toISOString()],
  ];
  if (own !== zone) {
    const q = partsIn(ms, own);
    rows.push([
      words.yourZone,
      `${q.weekday} ${q.day} ${q.month}, ${q.hour}:${q.minute}:${q.second} ${zoneName(ms, own)}`,
    ]);
  }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 tabular">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

export const Time = ({ at, zone: given, as = 'moment', noZone, className }: TimeProps) => {
  const { isWanted, anchor, listeners } = useAnchor();
  const projectZone = useZone();
  const zone = given ?? projectZone;
  const now = useSlowNow(30_000);
  const ms = toMs(at);
  const isToday = isSameDay(ms, now, zone);
  const shortZone = noZone || as === 'day' ? null : <span className="text-muted"> {zoneName(ms, zone)}</span>;
  const p = partsIn(ms, zone);
  const text = {
    moment: () => momentOf(ms, zone, now),
    smart: () => (isToday ? clockOf(ms, zone) : momentOf(ms, zone, now)),
    clock: () => clockOf(ms, zone),
    day: () => dayOf(ms, zone, now),
    exact: () => `${isToday ? '' : `${dayOf(ms, zone, now)}, `}${p.hour}:${p.minute}:${p.second}`,
  }[as]();
  return (
    <>
      <time
        ref={anchor.ref as RefObject<HTMLTimeElement | null>}
        dateTime={new Date(ms).toISOString()}
        className={cn('whitespace-nowrap', className)}
        {...listeners}
      >
        {text}
        {as === 'exact' && <span className="text-muted">.{p.ms}</span>}
        {shortZone}
      </time>
      {isWanted && (
        <Suspense>
          <CardFloat anchor={anchor}>
            <Details at={ms} zone={zone} />
          </CardFloat>
        </Suspense>
      )}
    </>
  );
};

/** "in 1 min 48 s", updated each second. It is not read out, because the time beside it is. */
export const Countdown = ({ to, className }: { to: Instant; className?: string }) => {
  const now = useNow();
  return (
    <span aria-hidden className={cn('tabular', className)}>
      {distanceOf(to, now)}
    </span>
  );
};

/** "17 min ago", beside a time. */
export const Ago = ({ at, className }: { at: Instant; className?: string }) => {
  const now = useSlowNow(10_000);
  return <span className={cn('tabular whitespace-nowrap', className)}>{distanceOf(at, now)}</span>;
};

const latenessTones = { success: 'text-success-text', secondary: 'text-secondary', warning: 'text-warning-text' };

/** "3 ms late", "on time"; only the length in a column whose header says "late". */
export const Lateness = ({ ms, bare, className }: { ms: number; bare?: boolean; className?: string }) => (
  <span className={cn('tabular whitespace-nowrap', latenessTones[latenessTone(ms)], className)}>
    {bare && ms >= 1 ? lengthOf(ms) : latenessOf(ms)}
  </span>
);
