import { expect, test } from 'vitest';
import { foretoldOf, outlooksOf } from './foretold';
import type { SimulatedDelivery } from './simulation';

const delivery = (more: Partial<SimulatedDelivery> = {}): SimulatedDelivery =>
  ({
    delivery_id: 'd',
    post_id: 'p',
    channel_id: 'c',
    channel_name: 'X @acme',
    due_at: '2026-12-01T09:20:00Z',
    fate: 'goes_out',
    starts_at: '2026-12-01T09:20:00Z',
    lateness_ms: 0,
    delayed_by: null,
    sentence: 'Would go out at Tue 1 Dec 2026, 09:20 UTC.',
    ...more,
  }) as SimulatedDelivery;

const late = delivery({
  delayed_by: 'budget',
  lateness_ms: 720_000,
  sentence:
    'Would go out at Tue 1 Dec 2026, 09:32 UTC, 12 min late: the account may send 50 posts in any 24 hours on X, and others come before it.',
});
const held = delivery({ fate: 'held', starts_at: null, sentence: 'Would not go out: the project is paused.' });

test('what goes out on time on every channel is said in four words', () => {
  expect(foretoldOf([delivery(), delivery()])).toBe('It would go out on time.');
  expect(foretoldOf([])).toBeUndefined();
});

test('what would wait says how long, where and why', () => {
  expect(foretoldOf([delivery({ channel_name: 'Website' }), late])).toBe(
    'On X @acme it would wait 12 min: the account may send 50 posts in any 24 hours on X, and others come before it.',
  );
});

test('what is held says so in the server’s words, once for all channels that it is said of', () => {
  expect(foretoldOf([held])).toBe('Would not go out: the project is paused.');
  expect(foretoldOf([held, held])).toBe('Would not go out: the project is paused. The same goes for 1 channel more.');
  expect(foretoldOf([held, delivery()])).toBe('X @acme: Would not go out: the project is paused.');
  expect(foretoldOf([late, held])).toMatch(/others come before it\. 1 channel more would not be on time, either\.$/);
});

test('moves are told apart: on time, not on time, and what stays because it has begun', () => {
  const at = Date.parse('2026-12-01T09:20:00Z');
  const move = (postId: string) => ({ projectId: 'j', postId, title: postId, at });
  const found = outlooksOf(
    [move('p'), move('q'), move('begun')],
    [delivery(), { ...late, post_id: 'q' }, delivery({ post_id: 'begun', due_at: '2026-12-01T08:00:00Z' })],
  );
  expect(found.map((each) => [each.move.postId, each.isOnTime])).toEqual([
    ['p', true],
    ['q', false],
    ['begun', false],
  ]);
  expect(found[1]?.sentence).toMatch(/^On X @acme it would wait 12 min/);
  expect(found[2]?.sentence).toBeUndefined();
});
