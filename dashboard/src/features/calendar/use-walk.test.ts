import { describe, expect, test } from 'vitest';
import type { CalendarEntry } from '@/data/calendar';
import { carriedTo, neighbourOf } from './use-walk';

const entry = (id: string, at: string) => ({ id, at }) as CalendarEntry;
const entries = [
  entry('a', '2026-12-01T08:00:00Z'),
  entry('b', '2026-12-01T16:00:00Z'),
  entry('c', '2026-12-03T08:30:00Z'),
  entry('d', '2026-12-03T15:00:00Z'),
];
const now = Date.parse('2026-12-02T00:00:00Z');
const from = (selected: string | undefined, key: string) => neighbourOf(entries, selected, key, 'UTC', now)?.id;

describe('walking the calendar', () => {
  test('the first step leads to what is next', () => {
    expect(from(undefined, 'ArrowDown')).toBe('c');
    expect(neighbourOf([], undefined, 'ArrowDown', 'UTC', now)).toBeUndefined();
  });

  test('up and down go by time and stay at the ends', () => {
    expect(from('a', 'ArrowDown')).toBe('b');
    expect(from('b', 'ArrowDown')).toBe('c');
    expect(from('a', 'ArrowUp')).toBe('a');
    expect(from('d', 'ArrowDown')).toBe('d');
  });

  test('left and right go to the day beside that has entries, to the one nearest by its clock', () => {
    expect(from('b', 'ArrowRight')).toBe('d');
    expect(from('a', 'ArrowRight')).toBe('c');
    expect(from('c', 'ArrowLeft')).toBe('a');
    expect(from('d', 'ArrowRight')).toBe('d');
  });
});

test('a day aside keeps the hour by the clock over the night in which the clocks change', () => {
  const zone = 'Europe/Amsterdam';
  const before = Date.parse('2026-10-24T07:00:00Z'); // Sat, 09:00 CEST
  expect(new Date(carriedTo(before, 'ArrowRight', zone)).toISOString()).toBe('2026-10-25T08:00:00.000Z'); // 09:00 CET
  expect(carriedTo(Date.parse('2026-10-25T08:00:00Z'), 'ArrowLeft', zone)).toBe(before);
  expect(carriedTo(before, 'ArrowDown', zone)).toBe(before + 900_000);
});
