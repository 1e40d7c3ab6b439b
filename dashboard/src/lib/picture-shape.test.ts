import { describe, expect, it } from 'vitest';
import { groundFor, middlePart, nameFor, pixelsOf, whole } from './picture-shape';

describe('the shape of a picture', () => {
  it('the middle part has the wanted shape and fills one side', () => {
    for (const [width, height] of [
      [1600, 900],
      [900, 1600],
      [1000, 1000],
    ] as const) {
      for (const aspect of [1, 4 / 5, 16 / 9, 2 / 3]) {
        const part = middlePart(width, height, aspect);
        expect((part.width * width) / (part.height * height)).toBeCloseTo(aspect, 6);
        expect(Math.max(part.width, part.height)).toBeCloseTo(1, 9);
        expect(part.x * 2 + part.width).toBeCloseTo(1, 9);
      }
    }
  });

  it('a ground holds all of the picture and has the wanted shape', () => {
    expect(groundFor(1600, 900, 1)).toEqual({ width: 1600, height: 1600 });
    expect(groundFor(900, 1600, 1)).toEqual({ width: 1600, height: 1600 });
    expect(groundFor(1000, 1000, 2)).toEqual({ width: 2000, height: 1000 });
  });

  it('a part is never without pixels, and the whole is all of them', () => {
    expect(pixelsOf(whole, 640, 480)).toEqual({ width: 640, height: 480 });
    expect(pixelsOf({ x: 0, y: 0, width: 0, height: 0 }, 640, 480)).toEqual({ width: 1, height: 1 });
  });

  it('the name says that it is cut, and keeps what has clear parts a PNG', () => {
    expect(nameFor('Bike.JPEG', 'image/jpeg')).toBe('Bike cut.jpg');
    expect(nameFor('logo.v2.png', 'image/png')).toBe('logo.v2 cut.png');
  });
});
