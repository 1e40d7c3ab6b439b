import { expect, it } from 'vitest';
import type { Delivery } from '@/data/deliveries';
import type { Schemas } from '@/lib/api/client';
import { firstToShow } from './first-to-show';

const delivery = (id: string, state: string, more = {}) => ({ id, state, asked_at: null, ...more }) as unknown as Delivery;
const told = (id: string, ...kinds: string[]) =>
  ({ delivery_id: id, waits: kinds.map((kind) => ({ kind })) }) as unknown as Schemas['delivery_explanation'];

it('shows what waits for a person, then what failed, then what its channel holds, then what is under way', () => {
  const site = delivery('site', 'published');
  const held = delivery('held', 'waiting');
  const sending = delivery('sending', 'sending');
  const failed = delivery('failed', 'failed');
  const unconfirmed = delivery('unconfirmed', 'unconfirmed');
  const stories = [told('held', 'channel'), told('sending', 'platform')];
  expect(firstToShow([site, sending, held, failed, unconfirmed], stories)?.id).toBe('unconfirmed');
  expect(firstToShow([site, sending, held, failed], stories)?.id).toBe('failed');
  expect(firstToShow([site, sending, held], stories)?.id).toBe('held');
  expect(firstToShow([site, sending], stories)?.id).toBe('sending');
  expect(firstToShow([site, delivery('later', 'waiting')], [told('later', 'time')])?.id).toBe('site');
  expect(firstToShow([], [])).toBeUndefined();
});
