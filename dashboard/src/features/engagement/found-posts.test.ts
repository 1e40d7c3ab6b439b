import { expect, it } from 'vitest';
import { headingOf } from './found-posts';

it('a post’s page is headed by its title, or by how a long text begins', () => {
  const long = `${'We take old bicycles in part payment, whatever their age '.repeat(4)}.`;
  expect(headingOf({ title: ' Dealer day ', text: long })).toBe('Dealer day');
  expect(headingOf({ title: '', text: 'Short enough.\nMore of it.' })).toBe('Short enough.');
  expect(headingOf({ title: '', text: `We take old bicycles from today. ${long}` })).toBe('We take old bicycles from today.');
  const cut = headingOf({ title: '', text: long });
  expect(cut.length).toBeLessThanOrEqual(101);
  expect(cut).toMatch(/^We take old bicycles .*\w…$/);
});
