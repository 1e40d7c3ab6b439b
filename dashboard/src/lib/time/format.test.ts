import { describe, expect, it } from 'vitest';
import { clockOf, dayOf, distanceOf, latenessOf, lengthOf, momentOf, offsetText, zoneName } from './format';

const now = Date.parse('2026-11-28T23:30:00Z');
const amsterdam = 'Europe/Amsterdam';

describe('a time', () => {
  it('is weekday, day, month and clock in the project’s zone', () => {
    expect(momentOf('2026-12-01T08:00:00Z', amsterdam, now)).toBe('Tue 1 Dec, 09:00');
  });
  it('has its year when that is another one', () => {
    expect(dayOf('2027-05-27T09:00:00Z', amsterdam, now)).toBe('Thu 27 May 2027');
  });
  it('has its seconds when they are not 0', () => {
    expect(clockOf('2026-12-01T07:40:55Z', amsterdam)).toBe('08:40:55');
    expect(clockOf('2026-12-01T07:40:00Z', amsterdam)).toBe('08:40');
  });
  it('names its zone by letters where there are any, else by its distance', () => {
    expect(zoneName('2026-12-01T08:00:00Z', amsterdam)).toBe('CET');
    expect(zoneName('2026-07-01T08:00:00Z', amsterdam)).toBe('CEST');
    expect(zoneName('2026-12-01T08:00:00Z', 'America/New_York')).toBe('EST');
    expect(zoneName('2026-12-01T08:00:00Z', 'Asia/Kathmandu')).toBe('UTC+5:45');
    expect(zoneName('2026-12-01T08:00:00Z', 'UTC')).toBe('UTC');
  });
  it('knows the distance of its zone from UTC on both sides of a clock change', () => {
    expect(offsetText('2027-03-28T00:59:00Z', amsterdam)).toBe('UTC+1');
    expect(offsetText('2027-03-28T01:00:00Z', amsterdam)).toBe('UTC+2');
    expect(offsetText('2026-12-01T08:00:00Z', 'America/St_Johns')).toBe('UTC−3:30');
  });
});

describe('a length', () => {
  it.each([
    [3, '3 ms'],
    [1200, '1.2 s'],
    [2000, '2 s'],
    [41_000, '41 s'],
    [870_000, '14 min 30 s'],
    [4_320_000, '1 h 12 min'],
    [273_600_000, '3 days 4 h'],
  ])('of %i ms is %s', (ms, text) => expect(lengthOf(ms)).toBe(text));
  it('below a millisecond is on time', () => {
    expect(latenessOf(0.4)).toBe('on time');
    expect(latenessOf(3.2)).toBe('3 ms late');
  });
});

describe('a distance', () => {
  it('counts each second below ten minutes, and only the date says it in the end', () => {
    expect(distanceOf(now + 108_500, now)).toBe('in 1 min 48 s');
    expect(distanceOf(now + 7_900, now)).toBe('in 7 s');
    expect(distanceOf(now - 1_020_000, now)).toBe('17 min ago');
    expect(distanceOf(now + 3 * 3_600_000, now)).toBe('in 3 h');
  });
});
