import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '@/data/calendar';
import { linesOf } from './list-lines';
import type { Plan } from './plans';

const entry = (id: string, at: string): CalendarEntry =>
  ({ id, at, title: id, state: 'scheduled', channels: [] }) as unknown as CalendarEntry;
const plan = (id: string, at: string): Plan =>
  ({ id, at: Date.parse(at), title: id, kind: 'run', ruleId: 'r' }) as unknown as Plan;
const zone = 'Europe/Amsterdam';

describe('the lines of the list', () => {
  it('has a line for each day of the project’s zone, and below it what stands there, by time', () => {
    const lines = linesOf(
      [entry('late', '2026-12-01T23:30:00Z'), entry('early', '2026-12-01T08:00:00Z')],
      [plan('between', '2026-12-01T09:00:00Z')],
      zone,
      '2026-12-01',
    );
    expect(lines.map((each) => (each.kind === 'day' ? each.day : each.key))).toEqual([
      '2026-12-01',
      'early',
      'between',
      '2026-12-02',
      'late',
    ]);
    expect(lines.map((each) => each.when)).toEqual(['today', 'today', 'today', 'ahead', 'ahead']);
  });

  it('knows the first and the last of each day, where the sheet’s corners are', () => {
    const lines = linesOf(
      [entry('a', '2026-12-01T08:00:00Z'), entry('b', '2026-12-01T09:00:00Z'), entry('c', '2026-12-02T09:00:00Z')],
      [],
      zone,
      '2026-12-03',
    );
    expect(lines.filter((each) => each.isFirst).map((each) => each.key)).toEqual(['2026-12-01 a', 'a', 'c']);
    expect(lines.flatMap((each) => (each.kind !== 'day' && each.isLast ? [each.key] : []))).toEqual(['b', 'c']);
  });
});
