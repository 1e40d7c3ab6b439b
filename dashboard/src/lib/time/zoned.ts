/**
 * What the clocks of a zone show, and which moments that is: usually one, in autumn once a year two, in spring none.
 */
import { timeStrings as words } from '@strings/time';
import { clockOf, offsetMinutes, partsIn } from './format';

export type Wall = { year: number; month: number; day: number; hour: number; minute: number };

export type Resolved =
  | { kind: 'once'; at: number }
  | { kind: 'twice'; first: number; second: number }
  /** A skipped time: `at` is the first moment after the gap, at which the clocks show `to` instead of `from`. */
  | { kind: 'never'; at: number; sameDistanceAt: number; from: string; to: string };

const minute_ms = 60_000;
const half_day_ms = 43_200_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const utcOf = ({ year, month, day, hour, minute }: Wall): number => Date.UTC(year, month - 1, day, hour, minute);

/** The moment, to the minute, at which the zone's offset changes between two moments. */
const changeBetween = (early: number, late: number, zone: string): number => {
  const before = offsetMinutes(early, zone);
  let [low, high] = [Math.floor(early / minute_ms), Math.ceil(late / minute_ms)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMinutes(middle * minute_ms, zone) === before) low = middle;
    else high = middle;
  }
  return high * minute_ms;
};

export const resolveWall = (wall: Wall, zone: string): Resolved => {
  const utc = utcOf(wall);
  const before = offsetMinutes(utc - half_day_ms, zone);
  const after = offsetMinutes(utc + half_day_ms, zone);
  const candidates = [...new Set([utc - before * minute_ms, utc - after * minute_ms])]
    .filter((at) => at + offsetMinutes(at, zone) * minute_ms === utc)
    .sort((a, b) => a - b);
  const [first, second] = candidates;
  if (first !== undefined && second !== undefined) return { kind: 'twice', first, second };
  if (first !== undefined) return { kind: 'once', at: first };
  const change = changeBetween(utc - half_day_ms - before * minute_ms, utc + half_day_ms - after * minute_ms, zone);
  const show = (at: number, offset: number) => new Date(at + offset * minute_ms).toISOString().slice(11, 16);
  return {
    kind: 'never',
    at: change,
    sameDistanceAt: utc - before * minute_ms,
    from: show(change, before),
    to: show(change, after),
  };
};

export const wallOf = (at: number, zone: string): Wall => {
  const p = partsIn(at, zone);
  return {
    year: Number(p.year),
    month: months.indexOf(p.month) + 1,
    day: Number(p.day),
    hour: Number(p.hour),
    minute: Number(p.minute),
  };
};

/** The first moment of the day of `at`. */
export const startOfDay = (at: number, zone: string): number => {
  const found = resolveWall({ ...wallOf(at, zone), hour: 0, minute: 0 }, zone);
  return found.kind === 'twice' ? found.first : found.at;
};

/** The same moment where UTC's or the reader's clocks show another time: "08:00 UTC", "03:00 for you". */
export const otherReadings = (at: number, zone: string, own: string): string[] => {
  const [here, there] = [offsetMinutes(at, zone), offsetMinutes(at, own)];
  if (here !== 0 && there === 0) return [words.forYou(words.utc(clockOf(at, 'UTC')))];
  return [
    ...(here === 0 ? [] : [words.utc(clockOf(at, 'UTC'))]),
    ...(there === here ? [] : [words.forYou(clockOf(at, own))]),
  ];
};

/** The city of a zone, as people say it: "Amsterdam". */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** "9", "9:30", "09.30", "9pm" → hours and minutes. */
export const readClock = (typed: string): { hour: number; minute: number } | undefined => {
  const found = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*$/i.exec(typed) ?? /^\s*(\d{2})(\d{2})\s*()$/.exec(typed);
  if (!found) return undefined;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const half = found[3]?.toLowerCase();
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
};

/** "Tue 1 Dec 2026", "1 Dec", "2026-12-01", "1.12.2026" → a day. Without a year it is the next one. */
export const readDay = (typed: string, now: Wall): Omit<Wall, 'hour' | 'minute'> | undefined => {
  const text = typed.trim().replace(/^[a-z]{2,9},?\s+/i, '');
  const valid = (year: number, month: number, day: number) => {
    const made = new Date(Date.UTC(year, month - 1, day));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? { year, month, day } : undefined;
  };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(text);
  const named = /^(\d{1,2})\.?\s*([a-z]{3,9})\.?,?\s*(\d{4})?$/i.exec(text);
  const day = Number((dotted ?? named)?.[1]);
  const month = dotted
    ? Number(dotted[2])
    : months.findIndex((each) => each.toLowerCase() === named?.[2]?.toLowerCase().slice(0, 3)) + 1;
  if (!day || month < 1) return undefined;
  const given = (dotted ?? named)?.[3];
  if (given) return valid(Number(given), month, day);
  const isPast = month < now.month || (month === now.month && day < now.day);
  return valid(now.year + (isPast ? 1 : 0), month, day);
};

export const dayText = ({ year, month, day }: Pick<Wall, 'year' | 'month' | 'day'>): string => {
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][
    new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  ];
  return `${weekday} ${day} ${months[month - 1]} ${year}`;
};

export const clockText = ({ hour, minute }: Pick<Wall, 'hour' | 'minute'>): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
