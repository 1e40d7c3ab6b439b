import { expect, it } from 'vitest';
import type { Channel } from '@/data/channels';
import type { ChannelUsage } from '@/data/usage';
import { sorted, stateOf, waitsOf } from './channel-state';

const channel = (more: Partial<Channel>) =>
  ({ id: 'c', is_active: true, paused_at: null, disabled_reason: null, ...more }) as Channel;
const usage = (used: number, limit: number | null) => ({ channel_id: 'c', used, limit }) as ChannelUsage;

it('a refused account outweighs a pause, and a pause a full budget', () => {
  expect(stateOf(channel({ is_active: false, disabled_reason: 'refused', paused_at: 'x' }))).toBe('reconnect');
  expect(stateOf(channel({ is_active: false }))).toBe('off');
  expect(stateOf(channel({ paused_at: 'x' }), usage(50, 50))).toBe('paused');
  expect(stateOf(channel({}), usage(50, 50))).toBe('at_limit');
  expect(stateOf(channel({}), usage(50, null))).toBe('active');
});

it('what is broken stands first, and equals keep their order', () => {
  const list = [
    channel({ id: 'a' }),
    channel({ id: 'b' }),
    channel({ id: 'c', is_active: false, disabled_reason: 'x' }),
  ];
  expect(sorted(list, []).map((each) => each.id)).toEqual(['c', 'a', 'b']);
});

it('a policy’s waits grow as it says, at most six hours', () => {
  expect(waitsOf(4, 30, 'exponential')).toEqual([30, 60, 120]);
  expect(waitsOf(4, 30, 'linear')).toEqual([30, 60, 90]);
  expect(waitsOf(1, 30, 'linear')).toEqual([]);
  expect(waitsOf(9, 3600, 'exponential')).toEqual([3600, 7200, 14_400, 21_600]);
});
