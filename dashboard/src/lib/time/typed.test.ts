import { describe, expect, it } from 'vitest';
import { readTyped, wallToInstant } from './typed';

const zone = 'Europe/Amsterdam';
const now = Date.parse('2026-11-28T23:30:00Z'); // Sun 29 Nov, 00:30 in Amsterdam
const iso = (text: string) => {
  const at = readTyped(text, zone, now);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a typed time', () => {
  it.each([
    ['tomorrow 9:30', '2026-11-30T08:30:00.000Z'],
    ['9:30', '2026-11-29T08:30:00.000Z'],
    ['00:10', '2026-11-29T23:10:00.000Z'],
    ['tue 14:00', '2026-12-01T13:00:00.000Z'],
    ['1 dec 9:00', '2026-12-01T08:00:00.000Z'],
    ['3 Mar, 9:00', '2027-03-03T08:00:00.000Z'],
    ['in 20 min', '2026-11-28T23:50:00.000Z'],
    ['today at 9 pm', '2026-11-29T20:00:00.000Z'],
  ])('"%s" is %s', (text, expected) => expect(iso(text)).toBe(expected));
  it.each(['', 'winter tyres', '25:00', 'news 2026', '12'])('"%s" is none', (text) =>
    expect(iso(text)).toBeUndefined(),
  );
});

describe('a clock’s time', () => {
  it('that comes twice is the first', () => {
    expect(new Date(wallToInstant(2027, 10, 31, 2, 30, zone)).toISOString()).toBe('2027-10-31T00:30:00.000Z');
  });
  it('that never is lies after the change', () => {
    expect(new Date(wallToInstant(2027, 3, 28, 2, 30, zone)).toISOString()).toBe('2027-03-28T01:30:00.000Z');
  });
});
