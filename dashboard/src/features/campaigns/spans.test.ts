import { describe, expect, it } from 'vitest';
import { axisOf, day_ms, placeOf } from './spans';

const now = Date.parse('2026-11-29T12:00:00Z');

describe('the axis of campaigns', () => {
  it('reaches from three weeks ago to ten weeks ahead when nothing asks for more', () => {
    const axis = axisOf([], now);
    expect(axis.from).toBe(now - 21 * day_ms);
    expect(axis.to).toBe(now + 70 * day_ms);
    expect(axis.months.map((each) => each.name)).toEqual(['Dec', 'Jan', 'Feb']);
  });

  it('grows to the days that there are, and not beyond nine months', () => {
    const axis = axisOf([{ first_day: '2026-10-01', last_day: '2031-01-01' }], now);
    expect(axis.from).toBe(Date.parse('2026-09-29T00:00:00Z'));
    expect(axis.to).toBe(now + 270 * day_ms);
  });

  it('places both days inside', () => {
    const days = { first_day: '2026-12-01', last_day: '2026-12-01' };
    const axis = axisOf([days], now);
    const place = placeOf(days, axis);
    expect(place?.left).toBeCloseTo(((Date.parse('2026-12-01T00:00:00Z') - axis.from) / (axis.to - axis.from)) * 100);
    expect(place?.width).toBeCloseTo((day_ms / (axis.to - axis.from)) * 100);
  });

  it('knows one that is open, one without days, and one that is long over', () => {
    const axis = axisOf([], now);
    expect(placeOf({ first_day: '2026-12-01', last_day: null }, axis)?.isOpen).toBe(true);
    expect(placeOf({ first_day: null, last_day: null }, axis)).toBeUndefined();
    expect(placeOf({ first_day: '2020-01-01', last_day: '2020-02-01' }, axis)).toBeUndefined();
  });
});
