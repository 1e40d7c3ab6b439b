/** Prepares the figures of engagement for a page. */
import type { Schemas } from '@/lib/api/client';
import { dayOf } from '@/lib/time/format';

export type Tally = Schemas['engagement_tally'];

export const ranges = [7, 30, 90] as const;
const usual_days = 30;
const week_ms = 7 * 24 * 3_600_000;
const weeks_most = 20;

export const daysOf = (given: string | undefined): (typeof ranges)[number] =>
  ranges.find((each) => String(each) === given) ?? usual_days;

/** A percentage; 0 if there is nothing. */
export const shareOf = (part: number, whole: number): number => (whole > 0 ? (part / whole) * 100 : 0);

/** "Mon 30 Nov", the Monday that names a week. */
export const weekName = (monday: string): string => {
  const at = Date.parse(`${monday}T00:00:00Z`);
  return dayOf(at, 'UTC', at);
};

const none = (key: string): Tally => ({
  key,
  name: '',
  planned: 0,
  completed: 0,
  likes: 0,
  comments: 0,
  waiting: 0,
  skipped: 0,
  expired: 0,
  failed: 0,
  posts: 0,
  median_first_act_seconds: null,
});

/** Every week from the first to the last, including empty ones; the latest `weeks_most`. */
export const weeksOf = (of: readonly Tally[]): Tally[] => {
  const known = new Map(of.map((each) => [each.key, each]));
  const keys = [...known.keys()].sort();
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last) return [];
  const made: Tally[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += week_ms) {
    const key = new Date(at).toISOString().slice(0, 10);
    made.push(known.get(key) ?? none(key));
  }
  return made.slice(-weeks_most);
};
