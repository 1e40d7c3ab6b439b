import { describe, expect, it } from 'vitest';
import type { Outcome } from '@/data/outcomes';
import type { SimulatedDelivery } from '@/data/simulation';
import { makeRows, marksOf, widths } from './runway-model';

const from = Date.parse('2026-12-01T07:45:00Z');
const window = { from, to: from + 75 * 60_000 };
const at = (minutes: number) => new Date(from + minutes * 60_000).toISOString();

const coming = (more: Partial<SimulatedDelivery>): SimulatedDelivery => ({
  delivery_id: 'd',
  post_id: 'p',
  title: 'Winter tyre guide',
  channel_id: 'x',
  channel_name: 'X',
  channel_type: 'x',
  due_at: at(15),
  fate: 'goes_out',
  starts_at: at(15),
  lateness_ms: 0,
  delayed_by: null,
  budget_scope: null,
  budget_posts: null,
  budget_window_seconds: null,
  throttled_until: null,
  held_by: null,
  attempts: 1,
  rule_id: null,
  sentence: '',
  ...more,
});
const past = (more: Partial<Outcome>): Outcome => ({
  id: 'o',
  project_id: 'j',
  post_id: 'p',
  post_title: 'Morning ride',
  channel_id: 'x',
  channel_type: 'x',
  channel_name: 'X',
  state: 'published',
  due_at: at(5),
  finished_at: at(5),
  attempt: 1,
  lateness_ms: 3,
  external_url: null,
  ...more,
});

describe('the runway', () => {
  it('has a row for each channel, with what went out and what will', () => {
    const rows = makeRows(['x', 'in'], [coming({})], [past({})], window);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.entries[0]).toMatchObject({ look: 'planned', at: 0.2 });
    expect(rows[0]?.ticks[0]?.lateMs).toBe(3);
    expect(rows[1]?.entries).toHaveLength(0);
  });
  it('draws what will be late where it really starts, and where it was wanted', () => {
    const [row] = makeRows(['x'], [coming({ starts_at: at(30), lateness_ms: 900_000 })], [], window);
    expect(row?.entries[0]).toMatchObject({ look: 'late', at: 0.4, plannedAt: 0.2 });
  });
  it('draws what is held and what will be refused as such', () => {
    const [row] = makeRows(
      ['x'],
      [
        coming({ fate: 'held', starts_at: null, held_by: 'channel_paused' }),
        coming({ delivery_id: 'e', fate: 'refused', starts_at: null, due_at: at(20) }),
      ],
      [],
      window,
    );
    expect(row?.entries.map((each) => each.look)).toEqual(['held', 'refused']);
  });
  it('leaves out what lies outside its window and what was cancelled', () => {
    const [row] = makeRows(
      ['x'],
      [coming({ starts_at: at(80), due_at: at(80) })],
      [past({ finished_at: at(-1) }), past({ id: 'c', state: 'cancelled' })],
      window,
    );
    expect(row?.entries).toHaveLength(0);
    expect(row?.ticks).toHaveLength(0);
  });
  it('lets an entry reach up to the next one', () => {
    expect(widths([0, 0.1, 0.9], 0.02, 0.3)).toEqual([0.096, 0.3, expect.closeTo(0.1)]);
  });
  it('marks the quarters of an hour', () => {
    expect(marksOf(window)).toHaveLength(5);
  });
});
