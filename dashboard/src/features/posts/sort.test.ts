import { expect, it } from 'vitest';
import { sortAfter, sortOf, sorts, timeSorted, wordOf } from './sort';

it('an address says how the list is sorted, and nothing where it is as always', () => {
  for (const sort of sorts) expect(sortOf(wordOf(sort))).toBe(sort);
  expect(wordOf('newest_first')).toBeUndefined();
  expect(sortOf(undefined)).toBe('newest_first');
  expect(sortOf('title; DROP TABLE')).toBe('newest_first');
});

it('pressing goes through every way and back to the first', () => {
  const pressed = [sorts[0] ?? 'newest_first'];
  while (pressed.length <= sorts.length) pressed.push(sortAfter(pressed.at(-1) ?? 'newest_first'));
  expect(pressed).toEqual(['newest_first', 'soonest_first', 'latest_first', 'newest_first']);
  expect(pressed.map((each) => timeSorted[each])).toEqual(['none', 'ascending', 'descending', 'none']);
});
