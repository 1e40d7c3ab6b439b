import { expect, it } from 'vitest';
import { toggleChannel, toggleProject, toGrants } from './access';

const all = ['a', 'b', 'c'];

it('a project is granted whole, and taken away whole', () => {
  const on = toggleProject(new Map(), 'p');
  expect(toGrants(on)).toEqual([{ project_id: 'p', channel_ids: null }]);
  expect(toGrants(toggleProject(on, 'p'))).toEqual([]);
});

it('a channel that is ticked off leaves the others; all of them again are the whole project', () => {
  const some = toggleChannel(toggleProject(new Map(), 'p'), 'p', 'b', all);
  expect(toGrants(some)).toEqual([{ project_id: 'p', channel_ids: ['a', 'c'] }]);
  expect(toGrants(toggleChannel(some, 'p', 'b', all))).toEqual([{ project_id: 'p', channel_ids: null }]);
});

it('without its last channel a project is not granted at all', () => {
  let granted = toggleProject(new Map(), 'p');
  for (const each of all) granted = toggleChannel(granted, 'p', each, all);
  expect(toGrants(granted)).toEqual([]);
});
