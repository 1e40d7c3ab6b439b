/** The plan of a post on a time line: a row for each member, each act at its position on the axis. */
import type { Engagement } from '@/data/engagement';
import { toMs, type Instant } from '@/lib/time/format';

export type Mark = { act: Engagement; at: number; share: number };
export type Lane = { memberId: string; name: string; isMine: boolean; marks: Mark[] };
export type Plan = { from: number; to: number; lanes: Lane[]; ticks: number[] };

const margin = 0.04;
const least_ms = 10 * 60_000;
const steps_ms = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880].map((minutes) => minutes * 60_000);
const ticks_most = 6;

const minute_ms = 60_000;

/** Planned and found times show minutes; seconds would not help. */
export const minuteOf = (at: Instant): number => Math.floor(toMs(at) / minute_ms) * minute_ms;

/** When it was done, or when it may begin. */
export const momentOf = (act: Pick<Engagement, 'state' | 'finished_at' | 'planned_at' | 'not_before'>): number => {
  if (act.state === 'completed' && act.finished_at) return toMs(act.finished_at);
  return act.state === 'queued' || act.state === 'sending' ? toMs(act.not_before) : toMs(act.planned_at);
};

/**
 * Ticks at full minutes with a round step, as many as fit. Steps of an hour and more begin at a full hour of the zone.
 */
export const ticksOf = (from: number, to: number, offsetMinutes = 0): number[] => {
  const step = steps_ms.find((each) => (to - from) / each <= ticks_most) ?? (steps_ms.at(-1) as number);
  const offset = offsetMinutes * 60_000;
  const made: number[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) made.push(at);
  return made.slice(0, ticks_most + 1);
};

/** `beginsAt`: when the post was found. The axis covers it, every act, and "now" while acts are still to come. */
export const planOf = (acts: readonly Engagement[], beginsAt: number, now: number, offsetMinutes = 0): Plan => {
  const moments = acts.map(momentOf);
  const isOver = moments.every((each) => each <= now);
  const first = Math.min(beginsAt, ...moments);
  const last = Math.max(beginsAt, ...moments, ...(isOver ? [] : [now]));
  const room = Math.max(least_ms, last - first) * margin;
  const from = first - room;
  const to = Math.max(last, first + least_ms) + room;
  const lanes = new Map<string, Lane>();
  for (const act of acts) {
    const lane = lanes.get(act.member_id) ?? {
      memberId: act.member_id,
      name: act.member_name,
      isMine: act.is_mine,
      marks: [],
    };
    const at = momentOf(act);
    lane.marks.push({ act, at, share: (at - from) / (to - from) });
    lanes.set(act.member_id, lane);
  }
  return { from, to, lanes: [...lanes.values()], ticks: ticksOf(from, to, offsetMinutes) };
};

/** How many acts of others come before and after one. */
export const aroundOf = (acts: readonly Engagement[], id: string): { before: number; after: number } => {
  const own = acts.find((each) => each.id === id);
  const others = acts.filter((each) => each.id !== id);
  const at = own ? momentOf(own) : Number.POSITIVE_INFINITY;
  return {
    before: others.filter((each) => momentOf(each) <= at).length,
    after: others.filter((each) => momentOf(each) > at).length,
  };
};
