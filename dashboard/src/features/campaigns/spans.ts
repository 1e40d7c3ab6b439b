/** The position of a campaign on an axis of days. Days are those of its project, as "2026-12-01". */

export type Axis = { from: number; to: number; months: { at: number; name: string }[]; now: number };
export type Place = { left: number; width: number; isOpen: boolean };

type Days = { first_day: string | null; last_day: string | null };

export const day_ms = 86_400_000;
const before_days = 21;
const after_days = 70;
const reach_days = 270;
const shortest = 0.75;

const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const monthName = (at: number): string =>
  new Date(at).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }).replace('Sept', 'Sep');

/** From a little before now or the first day to a little after now or the last day; at most nine months either way. */
export const axisOf = (campaigns: readonly Days[], now: number): Axis => {
  const known = campaigns.flatMap((each) => [each.first_day, each.last_day]).filter((each): each is string => !!each);
  const from = Math.max(
    now - reach_days * day_ms,
    Math.min(now - before_days * day_ms, ...known.map((each) => dayMs(each) - 2 * day_ms)),
  );
  const to = Math.min(
    now + reach_days * day_ms,
    Math.max(now + after_days * day_ms, ...known.map((each) => dayMs(each) + 3 * day_ms)),
  );
  const share = (at: number) => ((at - from) / (to - from)) * 100;
  const months: Axis['months'] = [];
  const start = new Date(from);
  for (let month = start.getUTCMonth() + 1; ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month, 1);
    if (at >= to) break;
    months.push({ at: share(at), name: monthName(at) });
  }
  return { from, to, months, now: share(now) };
};

/** In percent of the axis; undefined if it lies outside, or has no days. */
export const placeOf = (of: Days, axis: Axis): Place | undefined => {
  if (!of.first_day && !of.last_day) return undefined;
  const first = of.first_day ? dayMs(of.first_day) : axis.from;
  const last = of.last_day ? dayMs(of.last_day) + day_ms : axis.to;
  if (last <= axis.from || first >= axis.to) return undefined;
  const share = (at: number) =>
    ((Math.min(axis.to, Math.max(axis.from, at)) - axis.from) / (axis.to - axis.from)) * 100;
  return {
    left: share(first),
    width: Math.max(shortest, share(last) - share(first)),
    isOpen: !of.first_day || !of.last_day,
  };
};
