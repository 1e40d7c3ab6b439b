import { describe, expect, it } from 'vitest';
import { base64Of, formatOf, tooLarge } from './table-file';

describe('a table to import', () => {
  it('is told by its name', () => {
    expect(formatOf('Pages.CSV')).toBe('csv');
    expect(formatOf('pages.of.2026.xlsx')).toBe('xlsx');
    expect(formatOf('pages.xls')).toBeUndefined();
    expect(formatOf('pages')).toBeUndefined();
  });
  it('has at most 5 MiB', () => {
    expect(tooLarge(5 * 1024 * 1024)).toBe(false);
    expect(tooLarge(5 * 1024 * 1024 + 1)).toBe(true);
  });
  it('of any size becomes base64 that is it again', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => (index * 31) % 256);
    const back = Uint8Array.from(atob(base64Of(bytes)), (each) => each.charCodeAt(0));
    expect(back).toEqual(bytes);
  });
});
