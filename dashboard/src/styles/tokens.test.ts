import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = `${process.cwd()}/src/`;
const css = readFileSync(`${root}styles/tokens.css`, 'utf8');
const tokens = new Map<string, [string, string]>();
for (const [, name, light, dark] of css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  tokens.set(name ?? '', [light ?? '', dark ?? '']);
}

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};
const of = (name: string, theme: 0 | 1): string => tokens.get(name)?.[theme] ?? '#000000';

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'pressed'];
const tones = ['success', 'warning', 'danger', 'info'];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('contrast, %s', (_, theme) => {
  it.each(['text', 'secondary', 'muted'])('%s is read on every ground', (name) => {
    for (const ground of grounds)
      expect(contrast(of(name, theme), of(ground, theme)), ground).toBeGreaterThanOrEqual(4.5);
  });
  it.each(tones)('the words of %s are read on every ground and on their tint', (tone) => {
    for (const ground of [...grounds, `${tone}-tint`]) {
      expect(contrast(of(`${tone}-text`, theme), of(ground, theme)), ground).toBeGreaterThanOrEqual(4.5);
    }
  });
  it.each([...tones, 'accent', 'border-control'])('%s is seen on the surface', (name) => {
    expect(contrast(of(name, theme), of('surface', theme))).toBeGreaterThanOrEqual(3);
  });
  it('the words on the primary button are read', () => {
    expect(contrast('#ffffff', of('accent', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#ffffff', of('accent-hover', theme))).toBeGreaterThanOrEqual(4.5);
  });
  it('a link is read on the surface and on its tint', () => {
    expect(contrast(of('accent-text', theme), of('surface', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('accent-text', theme), of('accent-tint', theme))).toBeGreaterThanOrEqual(4.5);
  });
});

it('no file but the tokens names a colour', () => {
  const found: string[] = [];
  for (const name of readdirSync(root, { recursive: true }) as string[]) {
    if (!/\.(tsx?|css)$/.test(name) || /tokens\.(css|test\.ts)$/.test(name)) continue;
    const text = readFileSync(root + name, 'utf8');
    for (const [hit] of text.matchAll(/#[0-9a-f]{6}\b|\brgba?\(|\bhsl\(|-\[#|-\[\d+px\]/gi))
      found.push(`${name}: ${hit}`);
  }
  expect(found).toEqual([]);
});
