/** Predicts a post's outcome at a time from the server's prediction of everything else that is due: approximately. */
import type { Channel } from '@/data/channels';
import type { SimulatedDelivery } from '@/data/simulation';
import type { ChannelUsage } from '@/data/usage';
import { toMs } from '@/lib/time/format';

export type Forecast =
  | { channel: Channel; kind: 'held' }
  /** Until then other posts come first, or the budget is used up. */
  | { channel: Channel; kind: 'late'; until: number; why: 'queue' | 'budget' };

type Known = {
  channels: readonly Channel[];
  usage: readonly ChannelUsage[];
  deliveries: readonly Pick<SimulatedDelivery, 'channel_id' | 'due_at' | 'starts_at'>[];
  isPaused: boolean;
};

const noticed_ms = 1000;
const quarter_ms = 15 * 60_000;
const tried_max = 96;

const startsOf = (channel: Channel, { deliveries }: Known): { due: number; start: number }[] =>
  deliveries
    .filter((each) => each.channel_id === channel.id && each.starts_at !== null)
    .map((each) => ({ due: toMs(each.due_at), start: toMs(each.starts_at ?? each.due_at) }))
    .toSorted((a, b) => a.start - b.start);

const lateOn = (channel: Channel, at: number, known: Known): Forecast | undefined => {
  const before = startsOf(channel, known).filter((each) => each.due <= at);
  const queue = Math.max(at, ...before.map((each) => each.start));
  const budget = known.usage.find((each) => each.channel_id === channel.id);
  const limit = budget?.limit ?? undefined;
  const window_ms = (budget?.window_seconds ?? 0) * 1000;
  let free = budget?.free_at ? Math.max(queue, toMs(budget.free_at)) : queue;
  if (limit !== undefined && window_ms > 0) {
    const counted = before.filter((each) => each.start > free - window_ms && each.start <= free);
    const oldest = counted.at(-limit);
    if (counted.length >= limit && oldest) free = oldest.start + window_ms;
  }
  if (free > queue && free - at > noticed_ms) return { channel, kind: 'late', until: free, why: 'budget' };
  return queue - at > noticed_ms ? { channel, kind: 'late', until: queue, why: 'queue' } : undefined;
};

/** One for each channel on which it would not go out at that time. */
export const forecastOf = (at: number, known: Known): Forecast[] =>
  known.channels.flatMap((channel): Forecast[] => {
    if (known.isPaused || channel.paused_at) return [{ channel, kind: 'held' }];
    const late = lateOn(channel, at, known);
    return late ? [late] : [];
  });

/**
 * The first quarter of an hour from `from` at which it would be on time, with nothing else due close by on its
 * channels.
 */
export const nextFreeSlot = (from: number, known: Known): number | undefined => {
  const own = new Set(known.channels.map((each) => each.id));
  const dues = known.deliveries.filter((each) => own.has(each.channel_id)).map((each) => toMs(each.due_at));
  let at = Math.ceil(from / quarter_ms) * quarter_ms;
  for (let tried = 0; tried < tried_max; tried += 1, at += quarter_ms) {
    const slot = at;
    const isAlone = dues.every((each) => Math.abs(each - slot) >= quarter_ms);
    if (isAlone && forecastOf(slot, known).every((each) => each.kind === 'held')) return slot;
  }
  return undefined;
};
