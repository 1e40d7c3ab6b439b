/** The calendar by keyboard: arrows select an entry, M picks it up, arrows move it, Enter drops it. */
import { useState } from 'react';
import type { CalendarEntry } from '@/data/calendar';
import { serverNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { dateIn, day_ms, fromWall, toWall } from './span';

const step_ms = 15 * 60_000;

export type Carried = { entry: CalendarEntry; to: number };

type Given = {
  entries: CalendarEntry[];
  zone: string;
  canMove: (entry: CalendarEntry) => boolean;
  onMove: (entry: CalendarEntry, to: number) => void;
  onOpen: (entry: CalendarEntry) => void;
};

/** The entry that a key selects, from the present selection. */
export const neighbourOf = (
  entries: CalendarEntry[],
  selected: string | undefined,
  key: string,
  zone: string,
  now: number,
): CalendarEntry | undefined => {
  const at = entries.findIndex((each) => each.id === selected);
  if (at < 0) return entries.find((each) => toMs(each.at) >= now) ?? entries.at(-1);
  if (key === 'ArrowDown') return entries[at + 1] ?? entries[at];
  if (key === 'ArrowUp') return entries[at - 1] ?? entries[at];
  const from = entries[at] as CalendarEntry;
  const day = dateIn(toMs(from.at), zone);
  const others = key === 'ArrowRight' ? entries.slice(at + 1) : entries.slice(0, at).reverse();
  const otherDay = others.find((each) => dateIn(toMs(each.at), zone) !== day);
  if (!otherDay) return from;
  const those = others.filter((each) => dateIn(toMs(each.at), zone) === dateIn(toMs(otherDay.at), zone));
  const clock = toMs(from.at) % day_ms;
  const distance = (each: CalendarEntry) => Math.abs((toMs(each.at) % day_ms) - clock);
  return those.sort((a, b) => distance(a) - distance(b))[0];
};

/**
 * A quarter of an hour up or down; a day aside, at the same time by the project's clock, whatever the clocks do
 * meanwhile.
 */
export const carriedTo = (at: number, key: string, zone: string): number => {
  if (key === 'ArrowUp' || key === 'ArrowDown') return at + (key === 'ArrowUp' ? -step_ms : step_ms);
  return fromWall(toWall(at, zone) + (key === 'ArrowLeft' ? -day_ms : day_ms), zone);
};

export const useWalk = ({ entries, zone, canMove, onMove, onOpen }: Given) => {
  const [selected, select] = useState<string>();
  const [carried, carry] = useState<Carried>();
  const entry = entries.find((each) => each.id === selected);
  const walk = (key: string) => {
    if (carried) {
      return carry({ ...carried, to: carriedTo(carried.to, key, zone) });
    }
    const next = neighbourOf(entries, selected, key, zone, serverNow());
    select(next?.id);
    document.querySelector(`[data-entry="${next?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const drop = () => {
    if (!carried) return entry && onOpen(entry);
    carry(undefined);
    if (carried.to !== toMs(carried.entry.at)) onMove(carried.entry, carried.to);
  };
  useKeys([
    ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) => ({
      key,
      label: key === 'ArrowDown' ? words.walk : undefined,
      run: () => walk(key),
    })),
    { key: 'm', label: words.move, run: () => entry && canMove(entry) && carry({ entry, to: toMs(entry.at) }) },
  ]);
  useKeys(
    [
      { key: 'Enter', label: words.open, run: drop },
      { key: 'Escape', run: () => (carried ? carry(undefined) : select(undefined)) },
    ],
    selected !== undefined,
  );
  return { selected, select: (id: string) => !carried && select(id), entry, carried, drop, keep: () => carry(undefined) };
};
