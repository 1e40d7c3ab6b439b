/** A day and a time in the project's zone, typed or clicked; the resulting moment is always shown below. */
import { CalendarDays, CircleAlert } from 'lucide-react';
import { Suspense, useEffect, useId, useState } from 'react';
import { Button } from '@/components/button';
import { Popover } from '@/components/popover';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { clockOf, distanceOf, ownZone, zoneWithOffset } from '@/lib/time/format';
import { lazyWhenThere } from '@/lib/when-there';
import {
  cityOf,
  clockText,
  dayText,
  otherReadings,
  readClock,
  readDay,
  resolveWall,
  wallOf,
  type Resolved,
} from '@/lib/time/zoned';
import { whenStrings as words } from '@strings/when';

const DayPicker = lazyWhenThere(() => import('./day-picker'));

type WhenPickerProps = {
  /** In ms; undefined while the input is not a valid time. */
  value: number | undefined;
  onChange: (at: number | undefined) => void;
  zone: string;
  error?: string;
  autoFocus?: boolean;
};

const grace_ms = 60_000;
const hour_ms = 3_600_000;

/** `Tue 1 Dec 2026, 09:00 CET (UTC+1) · in 2 days · 08:00 UTC · 03:00 for you` */
const Echo = ({ at, zone }: { at: number; zone: string }) => {
  const now = useSlowNow(1000);
  const readings = otherReadings(at, zone, ownZone());
  return (
    <p className="text-meta text-muted tabular" data-echo>
      <time dateTime={new Date(at).toISOString()} className="text-secondary">
        {dayText(wallOf(at, zone))}, {clockOf(at, zone)} {zoneWithOffset(at, zone)}
      </time>
      {` · ${distanceOf(at, now)}`}
      {readings.map((each) => ` · ${each}`)}
    </p>
  );
};

export const WhenPicker = ({ value, onChange, zone, error, autoFocus }: WhenPickerProps) => {
  const id = useId();
  const now = useSlowNow(30_000);
  const [day, setDay] = useState(() => (value === undefined ? '' : dayText(wallOf(value, zone))));
  const [clock, setClock] = useState(() => (value === undefined ? '' : clockText(wallOf(value, zone))));
  const [choice, setChoice] = useState<'first' | 'second'>();
  const [isOpen, setOpen] = useState(false);
  const readDayNow = readDay(day, wallOf(now, zone));
  const readClockNow = readClock(clock);
  const resolved: Resolved | undefined =
    readDayNow && readClockNow ? resolveWall({ ...readDayNow, ...readClockNow }, zone) : undefined;

  const send = (nextDay: string, nextClock: string, which: 'first' | 'second' | undefined) => {
    const [d, c] = [readDay(nextDay, wallOf(now, zone)), readClock(nextClock)];
    const found = d && c ? resolveWall({ ...d, ...c }, zone) : undefined;
    if (found?.kind === 'once') onChange(found.at);
    else if (found?.kind === 'twice') onChange(which ? found[which] : undefined);
    else onChange(undefined);
  };
  const set = (at: number) => {
    const wall = wallOf(at, zone);
    setDay(dayText(wall));
    setClock(clockText(wall));
    const found = resolveWall(wall, zone);
    setChoice(
      found.kind === 'twice' ? (found.second === Math.floor(at / 60_000) * 60_000 ? 'second' : 'first') : undefined,
    );
    onChange(Math.floor(at / 60_000) * 60_000);
  };
  // Also shows a time that is set from outside, such as the page's preset.
  useEffect(() => {
    if (value === undefined) return;
    const wall = wallOf(value, zone);
    setDay((current) =>
      JSON.stringify(readDay(current, wallOf(now, zone))) ===
      JSON.stringify({ year: wall.year, month: wall.month, day: wall.day })
        ? current
        : dayText(wall),
    );
    setClock((current) =>
      readClock(current) && clockText(readClock(current) ?? wall) === clockText(wall) ? current : clockText(wall),
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [value, zone]);

  const dayWrong = day !== '' && !readDayNow ? words.badDay : undefined;
  const clockWrong = clock !== '' && !readClockNow ? words.badClock : undefined;
  const isPast = value !== undefined && value < now - grace_ms;
  const wrong = dayWrong ?? clockWrong ?? (isPast ? words.isPast : error);
  const dayName = readDayNow ? dayText(readDayNow) : '';
  const city = cityOf(zone);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={`${id}-echo`}>
      <legend className="sr-only">{words.when}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <span className="relative">
          <input
            aria-label={words.day}
            aria-invalid={Boolean(dayWrong)}
            value={day}
            autoFocus={autoFocus}
            onChange={(event) => {
              setDay(event.target.value);
              setChoice(undefined);
              send(event.target.value, clock, undefined);
            }}
            onBlur={() => readDayNow && setDay(dayText(readDayNow))}
            className="field w-46 pr-9 tabular max-tablet:w-52 max-tablet:pr-11"
          />
          <Popover
            open={isOpen}
            onOpenChange={setOpen}
            label={words.openCalendar}
            trigger={
              <button
                type="button"
                aria-label={words.openCalendar}
                className="absolute inset-y-0 right-0 inline-flex w-9 items-center justify-center max-tablet:w-11 rounded-control text-muted hover:text-text"
              >
                <CalendarDays size={16} strokeWidth={1.75} aria-hidden />
              </button>
            }
          >
            <Suspense fallback={<div className="size-64" />}>
              <DayPicker
                day={readDayNow}
                now={wallOf(now, zone)}
                onPick={(picked) => {
                  setDay(dayText(picked));
                  setOpen(false);
                  send(dayText(picked), clock, undefined);
                }}
              />
            </Suspense>
          </Popover>
        </span>
        <input
          aria-label={words.clock}
          aria-invalid={Boolean(clockWrong)}
          value={clock}
          inputMode="numeric"
          onChange={(event) => {
            setClock(event.target.value);
            setChoice(undefined);
            send(day, event.target.value, undefined);
          }}
          onBlur={() => readClockNow && setClock(clockText(readClockNow))}
          className="field w-20 tabular"
        />
        <span className="flex flex-wrap gap-1">
          <Button size="small" kind="ghost" onClick={() => set(Math.ceil((now + hour_ms) / 300_000) * 300_000)}>
            {words.inOneHour}
          </Button>
          <Button size="small" kind="ghost" onClick={() => set((value ?? now) + 24 * hour_ms)}>
            {words.tomorrow}
          </Button>
        </span>
      </div>
      {resolved?.kind === 'twice' && (
        <div
          role="radiogroup"
          className="rounded-control border border-warning-line bg-warning-tint px-3 py-2 text-warning-text"
        >
          <p>{words.twice(dayName, clock, city)}</p>
          {(['first', 'second'] as const).map((which) => (
            <label key={which} className="mr-4 inline-flex items-center gap-1.5">
              <input
                type="radio"
                name={`${id}-which`}
                checked={choice === which}
                onChange={() => {
                  setChoice(which);
                  onChange(resolved[which]);
                }}
                className="accent-accent"
              />
              {words[which](zoneWithOffset(resolved[which], zone))}
            </label>
          ))}
        </div>
      )}
      {resolved?.kind === 'never' && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-2 rounded-control border border-warning-line bg-warning-tint px-3 py-2 text-warning-text"
        >
          <p className="min-w-0 flex-1">{words.never(dayName, clock, city, resolved.from, resolved.to)}</p>
          <Button size="small" onClick={() => set(resolved.at)}>
            {words.use(clockOf(resolved.at, zone), zoneWithOffset(resolved.at, zone))}
          </Button>
        </div>
      )}
      <div id={`${id}-echo`} className={cn('min-h-4.5')}>
        {wrong ? (
          <p className="flex items-center gap-1 text-meta text-danger-text">
            <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
            {wrong}
          </p>
        ) : (
          value !== undefined && <Echo at={value} zone={zone} />
        )}
      </div>
    </fieldset>
  );
};
