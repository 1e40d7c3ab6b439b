import { describe, expect, test } from 'vitest';
import { decadesTo, dotsOf, percentOf, placeOn, radiusOf, rangeOf } from './figures';

describe('figures', () => {
  test('a share is never all where something failed, and never nothing where something went out', () => {
    expect(percentOf(1)).toBe('100 %');
    expect(percentOf(0.9999)).toBe('99.9 %');
    expect(percentOf(0.997)).toBe('99.7 %');
    expect(percentOf(0.5)).toBe('50 %');
    expect(percentOf(0.0001)).toBe('0.1 %');
    expect(percentOf(0)).toBe('0 %');
  });

  test('a range that there is none of is thirty days', () => {
    expect(rangeOf('7d')).toBe('7d');
    expect(rangeOf('8d')).toBe('30d');
    expect(rangeOf(undefined)).toBe('30d');
  });

  test('the axis has every decade up to the longest', () => {
    expect(decadesTo(0)).toEqual([1, 10]);
    expect(decadesTo(11)).toEqual([1, 10, 100]);
    expect(decadesTo(100)).toEqual([1, 10, 100]);
    expect(placeOn(1, [1, 10, 100])).toBe(0);
    expect(placeOn(10, [1, 10, 100])).toBe(0.5);
    expect(placeOn(1_000, [1, 10, 100])).toBe(1);
  });

  test('neighbours on the axis become one dot, and none is lost', () => {
    const spread = [1, 1.1, 1.19, 64].map((at_most_ms) => ({ at_most_ms, count: 5 }));
    const dots = dotsOf(spread, [1, 10, 100], 10);
    expect(dots).toHaveLength(2);
    expect(dots.reduce((sum, dot) => sum + dot.count, 0)).toBe(20);
    expect(dots[0]?.at_most_ms).toBe(1.19);
  });

  test('the area of a dot grows with its count, and the smallest is seen', () => {
    expect(radiusOf(100, 100, 8)).toBe(8);
    expect(radiusOf(25, 100, 8)).toBe(4);
    expect(radiusOf(1, 1_000_000, 8)).toBe(1.5);
  });
});
