/** The days of a view, and conversions between wall clocks and moments. */
import { offsetMinutes, partsIn } from '@/lib/time/format';
import { wallToInstant } from '@/lib/time/typed';

export const views = ['month', 'week', 'day', 'list'] as const;
export type View = (typeof views)[number];

export const day_ms = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const viewOf = (asked: string | undefined, isPhone: boolean): View => {
  const found = views.find((each) => each === asked);
  if (isPhone) return found === 'day' ? 'day' : 'list';
  return found ?? 'week';
};

/** A date as "2026-12-01". */
export type DateText = string;

/** The date on which a moment falls in a zone. */
export const dateIn = (at: number, zone: string): DateText => {
  const p = partsIn(at, zone);
  const month = months.indexOf(p.month) + 1;
  return `${p.year}-${String(month).padStart(2, '0')}-${p.day.padStart(2, '0')}`;
};

export const isDate = (text: string | undefined): text is DateText =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export const addDays = (date: DateText, days: number): DateText =>
  new Date(Date.parse(date) + days * day_ms).toISOString().slice(0, 10);

export const addMonths = (date: DateText, many: number): DateText => {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + many, 1)).toISOString().slice(0, 10);
};

/** Monday is 0. */
const weekdayOf = (date: DateText): number => (new Date(Date.parse(date)).getUTCDay() + 6) % 7;

export const mondayOf = (date: DateText): DateText => addDays(date, -weekdayOf(date));

/** The ISO week of a date. */
export const weekNumberOf = (date: DateText): number => {
  const thursday = Date.parse(addDays(mondayOf(date), 3));
  const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday - first) / (7 * day_ms));
};

/** The first date of a view, and the date after its last. */
export const datesOf = (view: View, date: DateText): { from: DateText; to: DateText } => {
  if (view === 'day') return { from: date, to: addDays(date, 1) };
  if (view !== 'month') return { from: mondayOf(date), to: addDays(mondayOf(date), 7) };
  const first = `${date.slice(0, 8)}01`;
  const from = mondayOf(first);
  const last = addDays(addMonths(first, 1), -1);
  return { from, to: addDays(mondayOf(last), 7) };
};

export const step = (view: View, date: DateText, by: 1 | -1): DateText =>
  view === 'month' ? addMonths(`${date.slice(0, 8)}01`, by) : addDays(date, by * (view === 'day' ? 1 : 7));

/** The first moment of a date in a zone. */
export const startOf = (date: DateText, zone: string): number => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return wallToInstant(year, month, day, 0, 0, zone);
};

const minute_ms = 60_000;
// A little before seven, so that the hour's label is not cut; and as many hours as fit the window.
const morning_min = 6 * 60 + 45;
const shown_min = 12 * 60;

/**
 * The first visible time of a week or day: the morning, or earlier or later so that *now* is visible if it is one of
 * these days.
 */
export const scrollTimeOf = (wallNow: number, { from, to }: { from: DateText; to: DateText }): string => {
  const today = new Date(wallNow).toISOString().slice(0, 10);
  const now_min = Math.floor((wallNow % day_ms) / minute_ms);
  let first = morning_min;
  if (today >= from && today < to) first = Math.max(Math.min(first, now_min - 60), now_min - shown_min, 0);
  return `${String(Math.floor(first / 60)).padStart(2, '0')}:${String(first % 60).padStart(2, '0')}:00`;
};

/** The zone's wall clock expressed as UTC, because the grid knows no zones. */
export const toWall = (at: number, zone: string): number => at + offsetMinutes(at, zone) * 60_000;

/** The moment of a wall clock. A repeated hour means its first occurrence, a skipped one the hour after. */
export const fromWall = (wall: number, zone: string): number => {
  const at = new Date(wall);
  const minute = wallToInstant(
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    zone,
  );
  return minute + (wall % 60_000);
};
