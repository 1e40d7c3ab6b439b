import { describe, expect, test } from 'vitest';
import type { SimulatedDelivery, Simulation } from '@/data/simulation';
import { lateOf, predictionsOf, troubleOf } from './what-if';

const delivery = (more: Partial<SimulatedDelivery>): SimulatedDelivery =>
  ({
    delivery_id: 'd',
    post_id: 'p',
    title: 'Title',
    channel_id: 'c',
    channel_name: 'X',
    channel_type: 'x',
    due_at: '2026-12-01T09:00:00Z',
    fate: 'goes_out',
    starts_at: '2026-12-01T09:00:00Z',
    lateness_ms: 0,
    delayed_by: null,
    sentence: '',
    ...more,
  }) as SimulatedDelivery;

const simulation = (deliveries: SimulatedDelivery[]) => ({ deliveries }) as Simulation;

describe('what-if', () => {
  test('what goes out on time is no trouble', () => {
    expect(troubleOf(delivery({}))).toBeUndefined();
    expect(predictionsOf(simulation([delivery({})])).size).toBe(0);
    expect(predictionsOf(undefined).size).toBe(0);
  });

  test('late is what goes out after its time for a cause', () => {
    expect(troubleOf(delivery({ delayed_by: 'budget', lateness_ms: 720_000 }))).toBe('late');
    expect(troubleOf(delivery({ fate: 'held' }))).toBe('held');
  });

  test('a post has the worst of its channels and the latest of its times', () => {
    const found = predictionsOf(
      simulation([
        delivery({ delayed_by: 'budget', lateness_ms: 60_000, starts_at: '2026-12-01T09:01:00Z' }),
        delivery({ fate: 'refused', starts_at: null }),
        delivery({ delayed_by: 'budget', lateness_ms: 720_000, starts_at: '2026-12-01T09:12:00Z' }),
      ]),
    ).get('p');
    expect(found?.trouble).toBe('refused');
    expect(found?.startsAt).toBe(Date.parse('2026-12-01T09:12:00Z'));
    expect(found?.latenessMs).toBe(720_000);
    expect(found?.deliveries).toHaveLength(3);
  });

  test('late counts what a budget holds back and what is late otherwise', () => {
    expect(lateOf({ late: 1, throttled: 2 } as Simulation['totals'])).toBe(3);
  });
});
