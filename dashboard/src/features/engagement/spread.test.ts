import { describe, expect, it } from 'vitest';
import type { TrackedPage } from './engagement-data';
import { changesOf, spreadOf } from './spread';

const page = {
  name: 'Acme',
  first_delay_seconds: 90,
  gap_seconds: 45,
  spread_seconds: 14_400,
  expires_after_seconds: 172_800,
  acts_a_day: 500,
} as TrackedPage;

describe('how posts of a page are spread', () => {
  it('is said in minutes, seconds and hours', () => {
    expect(spreadOf(page)).toEqual({
      name: 'Acme',
      firstDelay: '1.5',
      gap: '45',
      spread: '4',
      expires: '48',
      acts: '500',
    });
  });
  it('comes back as it was', () => {
    const { name, first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day } = page;
    expect(changesOf(spreadOf(page))).toEqual({
      name,
      first_delay_seconds,
      gap_seconds,
      spread_seconds,
      expires_after_seconds,
      acts_a_day,
    });
  });
});
