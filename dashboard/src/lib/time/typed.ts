/** A time as people type it: "9:30", "tomorrow 9", "tue 14:00", "1 dec 9:00", "in 20 min". */
import { offsetMinutes, partsIn } from './format';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const day_ms = 86_400_000;

/** The moment of a wall clock in `zone`. A repeated hour means its first occurrence, a skipped one the hour after. */
export const wallToInstant = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  zone: string,
): number => {
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const early = wall - offsetMinutes(wall - day_ms / 2, zone) * 60_000;
  const late = wall - offsetMinutes(wall + day_ms / 2, zone) * 60_000;
  const fits = (at: number) => at + offsetMinutes(at, zone) * 60_000 === wall;
  if (fits(Math.min(early, late))) return Math.min(early, late);
  if (fits(Math.max(early, late))) return Math.max(early, late);
  return early;
};

/** The moment of the typed text, in ms; undefined if it names none. */
export const readTyped = (typed: string, zone: string, now: number): number | undefined => {
  const text = typed.trim().toLowerCase();
  const ahead = /^in (\d{1,4}) ?(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)$/.exec(text);
  if (ahead) {
    const unit = { s: 1000, m: 60_000, h: 3_600_000, d: day_ms }[ahead[2]?.[0] as 's' | 'm' | 'h' | 'd'];
    return now + Number(ahead[1]) * unit;
  }
  const clock = /(?:^|\s|at )(\d{1,2})(?::(\d{2}))?\s*(am|pm|h|uhr)?$/.exec(text);
  if (!clock) return undefined;
  let hour = Number(clock[1]);
  const minute = Number(clock[2] ?? 0);
  if (clock[3] === 'pm' && hour < 12) hour += 12;
  if (clock[3] === 'am' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return undefined;
  const rest = text
    .slice(0, clock.index)
    .replace(/\bat\b|,/g, ' ')
    .trim();
  if (!rest && clock[2] === undefined && clock[3] === undefined) return undefined;
  const today = partsIn(now, zone);
  const monthOf = (name: string) => months.indexOf(name.toLowerCase().slice(0, 3)) + 1;
  let [year, month, day] = [Number(today.year), monthOf(today.month), Number(today.day)];
  const shift = (days: number) => {
    const moved = new Date(Date.UTC(year, month - 1, day + days));
    [year, month, day] = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()];
  };
  const at = () => wallToInstant(year, month, day, hour, minute, zone);
  if (!rest || rest === 'today') {
    if (at() < now && !rest) shift(1);
    return at();
  }
  if (rest === 'tomorrow') {
    shift(1);
    return at();
  }
  const weekday = weekdays.indexOf(rest.slice(0, 3));
  if (weekday >= 0 && /^[a-z]+$/.test(rest)) {
    const current = weekdays.indexOf(today.weekday.toLowerCase().slice(0, 3));
    shift((weekday - current + 7) % 7);
    if (at() < now) shift(7);
    return at();
  }
  const date = /^(\d{1,2})\.? ?([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(rest);
  if (date?.[2]) {
    month = monthOf(date[2]);
    day = Number(date[1]);
    if (month === 0 || day < 1 || day > 31) return undefined;
    if (date[3]) year = Number(date[3]);
    else if (at() < now) year += 1;
    return at();
  }
  return undefined;
};
