import { describe, expect, it } from 'vitest';
import { dayText, otherReadings, readClock, readDay, resolveWall, startOfDay, wallOf } from './zoned';
import { zoneWithOffset } from './format';

const zone = 'Europe/Amsterdam';
const iso = (at: number) => new Date(at).toISOString();

describe('what the clocks show', () => {
  it('is one moment on a usual day', () => {
    const found = resolveWall({ year: 2026, month: 12, day: 1, hour: 9, minute: 0 }, zone);
    expect(found.kind === 'once' && iso(found.at)).toBe('2026-12-01T08:00:00.000Z');
  });
  it('is two moments in the hour that comes twice', () => {
    const found = resolveWall({ year: 2027, month: 10, day: 31, hour: 2, minute: 30 }, zone);
    expect(found.kind === 'twice' && [iso(found.first), iso(found.second)]).toEqual([
      '2027-10-31T00:30:00.000Z',
      '2027-10-31T01:30:00.000Z',
    ]);
  });
  it('is no moment in the hour that never is, and the clocks’ jump is told', () => {
    const found = resolveWall({ year: 2027, month: 3, day: 28, hour: 2, minute: 30 }, zone);
    expect(found).toMatchObject({ kind: 'never', from: '02:00', to: '03:00' });
    expect(found.kind === 'never' && iso(found.at)).toBe('2027-03-28T01:00:00.000Z');
  });
  it('also where clocks change by half an hour, and at midnight', () => {
    expect(resolveWall({ year: 2026, month: 10, day: 4, hour: 2, minute: 15 }, 'Australia/Lord_Howe').kind).toBe(
      'never',
    );
    expect(resolveWall({ year: 2027, month: 3, day: 28, hour: 0, minute: 30 }, 'Asia/Beirut').kind).toBe('never');
  });
  it('of a moment is what the zone shows', () => {
    expect(wallOf(Date.parse('2026-11-28T23:30:00Z'), zone)).toEqual({
      year: 2026,
      month: 11,
      day: 29,
      hour: 0,
      minute: 30,
    });
    expect(iso(startOfDay(Date.parse('2026-11-28T23:30:00Z'), zone))).toBe('2026-11-28T23:00:00.000Z');
  });
});

describe('typed days and clocks', () => {
  const now = { year: 2026, month: 11, day: 29, hour: 0, minute: 30 };
  it.each([
    ['Tue 1 Dec 2026', { year: 2026, month: 12, day: 1 }],
    ['1 dec', { year: 2026, month: 12, day: 1 }],
    ['3 March', { year: 2027, month: 3, day: 3 }],
    ['2027-02-28', { year: 2027, month: 2, day: 28 }],
    ['1.12.2026', { year: 2026, month: 12, day: 1 }],
  ])('"%s" is a day', (typed, expected) => expect(readDay(typed, now)).toEqual(expected));
  it.each(['31 feb', '2027-02-30', 'soon', ''])('"%s" is none', (typed) => expect(readDay(typed, now)).toBeUndefined());
  it.each([
    ['9', { hour: 9, minute: 0 }],
    ['0930', { hour: 9, minute: 30 }],
    ['9:30 pm', { hour: 21, minute: 30 }],
  ])('"%s" is a clock', (typed, expected) => expect(readClock(typed)).toEqual(expected));
  it.each(['24:00', '9:60', 'nine'])('"%s" is none', (typed) => expect(readClock(typed)).toBeUndefined());
  it('a day is written with its weekday', () =>
    expect(dayText({ year: 2026, month: 12, day: 1 })).toBe('Tue 1 Dec 2026'));
});

describe('the same moment on other clocks', () => {
  const at = Date.parse('2026-12-01T08:00:00Z');
  it('is told in UTC and on the reader’s clocks', () => {
    expect(otherReadings(at, zone, 'America/New_York')).toEqual(['08:00 UTC', '03:00 for you']);
  });
  it('is not told twice', () => {
    expect(otherReadings(at, zone, 'Europe/Berlin')).toEqual(['08:00 UTC']);
    expect(otherReadings(at, zone, 'UTC')).toEqual(['08:00 UTC for you']);
    expect(otherReadings(at, 'UTC', 'UTC')).toEqual([]);
    expect(otherReadings(at, 'UTC', zone)).toEqual(['09:00 for you']);
  });
  it('names a zone once', () => {
    expect(zoneWithOffset(at, 'UTC')).toBe('UTC');
    expect(zoneWithOffset(at, zone)).toBe('CET (UTC+1)');
  });
});
