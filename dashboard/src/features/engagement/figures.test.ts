import { describe, expect, it } from 'vitest';
import { daysOf, shareOf, weekName, weeksOf, type Tally } from './figures';

const week = (key: string, planned: number) => ({ key, planned, completed: 0 }) as Tally;

describe('figures of engagement', () => {
  it('are of 7, 30 or 90 days, and of 30 where an address says anything else', () => {
    expect([daysOf('7'), daysOf('90'), daysOf('31'), daysOf(undefined)]).toEqual([7, 90, 30, 30]);
  });
  it('have shares, also of nothing', () => {
    expect(shareOf(1, 4)).toBe(25);
    expect(shareOf(0, 0)).toBe(0);
  });
  it('leave no week out between the first and the last', () => {
    const weeks = weeksOf([week('2026-11-09', 3), week('2026-11-30', 1)]);
    expect(weeks.map((each) => [each.key, each.planned])).toEqual([
      ['2026-11-09', 3],
      ['2026-11-16', 0],
      ['2026-11-23', 0],
      ['2026-11-30', 1],
    ]);
    expect(weeksOf([])).toEqual([]);
  });
  it('name a week by its Monday, whatever zone the browser is in', () => {
    expect(weekName('2026-11-30')).toBe('Mon 30 Nov');
  });
});
