/** Prepares figures for the charts. */
import type { PlatformFigures, Range } from '@/data/analytics';
import { ranges } from '@/data/analytics';

/** "99.7 %", "100 %"; never 100 if something failed, never 0 if something was published. */
export const percentOf = (rate: number): string => {
  const percent = rate * 100;
  if (rate === 1 || rate === 0) return `${percent} %`;
  const shown = Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10));
  return `${shown.toFixed(1).replace(/\.0$/, '')} %`;
};

export const rangeOf = (asked: string | undefined): Range => ranges.find((each) => each === asked) ?? '30d';

/** Whether anything was due. */
export const hasOutcomes = (of: { published: number; failed: number; missed: number }): boolean =>
  of.published + of.failed + of.missed > 0;

/** The decades of a logarithmic axis in ms: from 1 to the first that holds `longest`. */
export const decadesTo = (longest_ms: number): number[] => {
  const made = [1];
  while (made.length < 9 && (made.at(-1) ?? 1) < longest_ms) made.push((made.at(-1) ?? 1) * 10);
  return made.length === 1 ? [1, 10] : made;
};

/** The position of a span on that axis, from 0 to 1. */
export const placeOn = (ms: number, decades: number[]): number => {
  const end = Math.log10(decades.at(-1) ?? 10);
  return Math.min(1, Math.max(0, Math.log10(Math.max(ms, 1)) / end));
};

/** The distribution in at most `most` dots: neighbours on the axis are merged. */
export const dotsOf = (
  spread: PlatformFigures['lateness_spread'],
  decades: number[],
  most = 60,
): { place: number; at_most_ms: number; count: number }[] => {
  const dots = new Map<number, { place: number; at_most_ms: number; count: number }>();
  for (const { at_most_ms, count } of spread) {
    const slot = Math.round(placeOn(at_most_ms, decades) * most);
    const known = dots.get(slot);
    if (known) {
      known.count += count;
      known.at_most_ms = Math.max(known.at_most_ms, at_most_ms);
    } else {
      dots.set(slot, { place: slot / most, at_most_ms, count });
    }
  }
  return [...dots.values()];
};

/** The radius of a dot: its area grows with the count. */
export const radiusOf = (count: number, largest: number, most_px = 7): number =>
  Math.max(1.5, Math.sqrt(count / Math.max(largest, 1)) * most_px);
