/** The content of the runway as plain values: entries by channel, at their position in the window. */
import type { Outcome } from '@/data/outcomes';
import type { SimulatedDelivery } from '@/data/simulation';

export type Entry = {
  id: string;
  postId: string;
  title: string;
  /** Position in the window, from 0 to 1. */
  at: number;
  /** Its wanted position, if it starts later. */
  plannedAt?: number;
  look: 'planned' | 'late' | 'held' | 'refused';
  lateMs: number;
  sentence: string;
  moment: string;
};

export type Tick = {
  id: string;
  postId: string;
  title: string;
  at: number;
  state: Outcome['state'];
  lateMs: number | null;
  retried: boolean;
  moment: string;
};

export type Row = { channelId: string; entries: Entry[]; ticks: Tick[] };

export type Window = { from: number; to: number };

const noticed_ms = 1000;

const shareOf = (moment: string, { from, to }: Window): number => (Date.parse(moment) - from) / (to - from);

const lookOf = (of: SimulatedDelivery): Entry['look'] => {
  if (of.fate === 'held' || of.fate === 'asks') return 'held';
  if (of.fate !== 'goes_out') return 'refused';
  return (of.lateness_ms ?? 0) > noticed_ms ? 'late' : 'planned';
};

const toEntry = (of: SimulatedDelivery, window: Window): Entry => {
  const moment = of.starts_at ?? of.due_at;
  const look = lookOf(of);
  return {
    id: of.delivery_id,
    postId: of.post_id,
    title: of.title,
    at: shareOf(moment, window),
    plannedAt: look === 'late' ? shareOf(of.due_at, window) : undefined,
    look,
    lateMs: of.lateness_ms ?? 0,
    sentence: of.sentence,
    moment,
  };
};

/** A row for each channel, in the given order. Entries outside the window are left out. */
export const makeRows = (channelIds: string[], coming: SimulatedDelivery[], past: Outcome[], window: Window): Row[] =>
  channelIds.map((channelId) => ({
    channelId,
    entries: coming
      .filter((each) => each.channel_id === channelId)
      .map((each) => toEntry(each, window))
      .filter((each) => each.at >= 0 && each.at < 1)
      .sort((a, b) => a.at - b.at),
    ticks: past
      .filter((each) => each.channel_id === channelId && each.state !== 'cancelled')
      .map((each) => ({
        id: each.id,
        postId: each.post_id,
        title: each.post_title,
        at: shareOf(each.finished_at, window),
        state: each.state,
        lateMs: each.lateness_ms,
        retried: each.attempt > 1,
        moment: each.finished_at,
      }))
      .filter((each) => each.at >= 0 && each.at < 1)
      .sort((a, b) => a.at - b.at),
  }));

/** The width of each entry: up to the next one, but not wider than its text. */
export const widths = (places: number[], least: number, most: number): number[] =>
  places.map((at, index) => Math.max(least, Math.min(most, (places[index + 1] ?? 1) - at - 0.004, 1 - at)));

/** The quarters of an hour in the window. */
export const marksOf = ({ from, to }: Window): number[] => {
  const quarter_ms = 900_000;
  const marks: number[] = [];
  for (let at = Math.ceil(from / quarter_ms) * quarter_ms; at < to; at += quarter_ms) marks.push(at);
  return marks;
};
