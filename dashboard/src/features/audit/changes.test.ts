import { expect, it } from 'vitest';
import { changesOf, detailOf } from './changes';
import { toQuery } from './audit-data';

const entry = (details: object) => ({ details }) as never;

it('before and after are told field by field, without what stayed', () => {
  const told = entry({
    changes: [
      { what: 'teams', before: { name: 'Red', size: 3 }, after: { name: 'Blue', size: 3 } },
      { what: 'team_members', before: {}, after: { team_id: null, role: 'member' } },
      { what: 'invites', before: { uses: 1 }, after: {} },
    ],
  });
  expect(changesOf(told)).toEqual([
    { what: 'teams', kind: 'changed', fields: [{ name: 'name', before: 'Red', after: 'Blue' }] },
    { what: 'team members', kind: 'added', fields: [{ name: 'role', before: undefined, after: 'member' }] },
    { what: 'invites', kind: 'removed', fields: [{ name: 'uses', before: '1', after: undefined }] },
  ]);
});

it('an entry without changes, or with a form that is not known, tells none', () => {
  expect(changesOf(entry({}))).toEqual([]);
  expect(changesOf(entry({ changes: 'many' }))).toEqual([]);
  expect(detailOf(entry({ address: '203.0.113.7' }), 'address')).toBe('203.0.113.7');
  expect(detailOf(entry({}), 'address')).toBeUndefined();
});

it('filters become the API’s, and what is none of them is left out', () => {
  const now = Date.parse('2026-12-01T12:00:30Z');
  expect(toQuery({ range: '1d', outcome: 'refused', actor: 'a' }, now)).toEqual({
    actor_id: 'a',
    outcome: 'refused',
    since: '2026-11-30T12:00:00.000Z',
  });
  expect(toQuery({ range: 'ever', outcome: 'perhaps' }, now)).toEqual({});
});
