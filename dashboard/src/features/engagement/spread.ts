/** The spread of a page's acts in the units of its form, and back in seconds. */
import type { PageChanges, TrackedPage } from './engagement-data';

export type Spread = { name: string; firstDelay: string; gap: string; spread: string; expires: string; acts: string };

const minute_s = 60;
const hour_s = 3600;

/** 1.5 and not 1.5000000000000002. */
const plain = (value: number): string => String(Math.round(value * 100) / 100);

export const spreadOf = (page: TrackedPage): Spread => ({
  name: page.name,
  firstDelay: plain(page.first_delay_seconds / minute_s),
  gap: plain(page.gap_seconds),
  spread: plain(page.spread_seconds / hour_s),
  expires: plain(page.expires_after_seconds / hour_s),
  acts: plain(page.acts_a_day),
});

const seconds = (text: string, unit: number): number => Math.round(Number(text) * unit);

export const changesOf = (of: Spread): PageChanges => ({
  name: of.name.trim(),
  first_delay_seconds: seconds(of.firstDelay, minute_s),
  gap_seconds: seconds(of.gap, 1),
  spread_seconds: seconds(of.spread, hour_s),
  expires_after_seconds: seconds(of.expires, hour_s),
  acts_a_day: seconds(of.acts, 1),
});
