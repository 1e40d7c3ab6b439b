import { expect, it } from 'vitest';
import type { Channel } from '@/data/channels';
import type { ChannelUsage } from '@/data/usage';
import { forecastOf, nextFreeSlot } from './forecast';

const at = Date.parse('2026-12-01T09:00:00Z');
const min = 60_000;
const x = { id: 'x', name: 'X', paused_at: null } as Channel;
const iso = (ms: number) => new Date(ms).toISOString();
const due = (dueAt: number, startsAt: number = dueAt) => ({
  channel_id: 'x',
  due_at: iso(dueAt),
  starts_at: iso(startsAt),
});
const budget = (more: Partial<ChannelUsage>) =>
  ({ channel_id: 'x', limit: 2, window_seconds: 3600, ...more }) as ChannelUsage;
const known = (more: object) => ({ channels: [x], usage: [], deliveries: [], isPaused: false, ...more });

it('with nothing before it, it goes out on time', () => {
  expect(forecastOf(at, known({}))).toEqual([]);
  expect(forecastOf(at, known({ deliveries: [due(at - min), due(at + min, at + 9 * min)] }))).toEqual([]);
});

it('what waits before it is waited for', () => {
  const waiting = known({ deliveries: [due(at - 20 * min, at + 12 * min)] });
  expect(forecastOf(at, waiting)).toEqual([{ channel: x, kind: 'late', until: at + 12 * min, why: 'queue' }]);
});

it('a budget that others use up holds it until the first of them has left the window', () => {
  const full = known({ deliveries: [due(at - 50 * min), due(at - 10 * min)], usage: [budget({})] });
  expect(forecastOf(at, full)).toEqual([{ channel: x, kind: 'late', until: at + 10 * min, why: 'budget' }]);
  const roomy = known({ deliveries: [due(at - 61 * min), due(at - 10 * min)], usage: [budget({})] });
  expect(forecastOf(at, roomy)).toEqual([]);
  const used = known({ usage: [budget({ free_at: iso(at + 5 * min) })] });
  expect(forecastOf(at, used)).toEqual([{ channel: x, kind: 'late', until: at + 5 * min, why: 'budget' }]);
});

it('what is paused holds it, whatever the time', () => {
  expect(forecastOf(at, known({ isPaused: true }))[0]?.kind).toBe('held');
  expect(forecastOf(at, known({ channels: [{ ...x, paused_at: iso(at) }] }))[0]?.kind).toBe('held');
});

it('the next free slot is a quarter of an hour with nothing close by, on which it is on time', () => {
  expect(nextFreeSlot(at + min, known({}))).toBe(at + 15 * min);
  expect(nextFreeSlot(at, known({ deliveries: [due(at)] }))).toBe(at + 15 * min);
  const full = known({ deliveries: [due(at - 50 * min), due(at - 20 * min)], usage: [budget({})] });
  expect(nextFreeSlot(at, full)).toBe(at + 15 * min);
});
