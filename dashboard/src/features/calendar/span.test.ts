import { describe, expect, test } from 'vitest';
import {
  addMonths,
  dateIn,
  datesOf,
  scrollTimeOf,
  fromWall,
  isDate,
  mondayOf,
  startOf,
  step,
  toWall,
  viewOf,
  weekNumberOf,
} from './span';

const zone = 'Europe/Amsterdam';
const at = (text: string) => Date.parse(text);

describe('what a view shows', () => {
  test('a week begins on Monday, a month with the week that holds its first day', () => {
    expect(datesOf('week', '2026-12-02')).toEqual({ from: '2026-11-30', to: '2026-12-07' });
    expect(datesOf('list', '2026-11-30')).toEqual({ from: '2026-11-30', to: '2026-12-07' });
    expect(datesOf('day', '2026-12-02')).toEqual({ from: '2026-12-02', to: '2026-12-03' });
    expect(datesOf('month', '2026-12-15')).toEqual({ from: '2026-11-30', to: '2027-01-04' });
    expect(mondayOf('2026-12-06')).toBe('2026-11-30');
  });

  test('stepping keeps to the view, and months do not skip the short ones', () => {
    expect(step('week', '2026-12-02', 1)).toBe('2026-12-09');
    expect(step('day', '2026-12-31', 1)).toBe('2027-01-01');
    expect(step('month', '2027-01-31', 1)).toBe('2027-02-01');
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-01');
  });

  test('weeks have their ISO numbers', () => {
    expect(weekNumberOf('2026-12-01')).toBe(49);
    expect(weekNumberOf('2027-01-01')).toBe(53);
    expect(weekNumberOf('2027-01-04')).toBe(1);
  });

  test('a phone shows a list or a day', () => {
    expect(viewOf('month', true)).toBe('list');
    expect(viewOf('day', true)).toBe('day');
    expect(viewOf(undefined, false)).toBe('week');
    expect(viewOf('nonsense', false)).toBe('week');
  });

  test('a date is a date', () => {
    expect(isDate('2026-12-01')).toBe(true);
    expect(isDate('2026-13-01')).toBe(false);
    expect(isDate('tomorrow')).toBe(false);
    expect(dateIn(at('2026-11-30T23:30:00Z'), zone)).toBe('2026-12-01');
  });
});

describe('clocks', () => {
  test('a moment goes to the wall and back', () => {
    for (const moment of ['2026-12-01T08:00:00Z', '2027-07-01T21:59:00Z', '2026-10-25T05:00:00Z']) {
      expect(fromWall(toWall(at(moment), zone), zone)).toBe(at(moment));
    }
  });

  test('an hour that comes twice is its first, one that never is the one after', () => {
    expect(fromWall(at('2026-10-25T02:30:00Z'), zone)).toBe(at('2026-10-25T00:30:00Z'));
    expect(fromWall(at('2027-03-28T02:30:00Z'), zone)).toBe(at('2027-03-28T01:30:00Z'));
  });

  test('a day begins at its first moment', () => {
    expect(startOf('2026-12-01', zone)).toBe(at('2026-11-30T23:00:00Z'));
    expect(startOf('2026-10-26', zone) - startOf('2026-10-25', zone)).toBe(25 * 3_600_000);
  });
});

describe('where a week or a day begins to be shown', () => {
  const week = { from: '2026-11-30', to: '2026-12-07' };
  const at = (text: string) => Date.parse(`${text}Z`);
  test('is the morning, unless now would not be seen then', () => {
    expect(scrollTimeOf(at('2026-12-01T11:20:00'), week)).toBe('06:45:00');
    expect(scrollTimeOf(at('2026-12-01T02:07:00'), week)).toBe('01:07:00');
    expect(scrollTimeOf(at('2026-12-01T00:20:00'), week)).toBe('00:00:00');
    expect(scrollTimeOf(at('2026-12-01T23:10:00'), week)).toBe('11:10:00');
  });
  test('is the morning in days that now is not among', () => {
    expect(scrollTimeOf(at('2026-12-07T02:07:00'), week)).toBe('06:45:00');
  });
});
