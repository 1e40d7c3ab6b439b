import { describe, expect, it } from 'vitest';
import type { Engagement } from '@/data/engagement';
import { aroundOf, momentOf, planOf, ticksOf } from './plan-model';

const at = (clock: string) => Date.parse(`2026-12-01T${clock}:00Z`);
const act = (id: string, member: string, clock: string, more: Partial<Engagement> = {}): Engagement =>
  ({
    id,
    member_id: member,
    member_name: member,
    is_mine: member === 'ada',
    kind: 'like',
    state: 'waiting_confirmation',
    planned_at: `2026-12-01T${clock}:00Z`,
    not_before: `2026-12-01T${clock}:00Z`,
    finished_at: null,
    ...more,
  }) as Engagement;

describe('the plan of a post', () => {
  it('has a row for each member, and every act lies on the axis in its order', () => {
    const plan = planOf(
      [act('1', 'ada', '10:00'), act('2', 'jonas', '10:20'), act('3', 'ada', '11:00')],
      at('09:50'),
      at('10:10'),
    );
    expect(plan.lanes.map((each) => [each.name, each.marks.length])).toEqual([
      ['ada', 2],
      ['jonas', 1],
    ]);
    const shares = plan.lanes.flatMap((each) => each.marks.map((mark) => mark.share));
    expect(shares.every((each) => each > 0 && each < 1)).toBe(true);
    expect(plan.from).toBeLessThan(at('09:50'));
    expect(plan.to).toBeGreaterThan(at('11:00'));
  });
  it('keeps now on the axis while acts are to come, and not long after', () => {
    const acts = [act('1', 'ada', '10:00')];
    expect(planOf(acts, at('09:50'), at('09:55')).to).toBeGreaterThan(at('10:00'));
    expect(planOf(acts, at('09:50'), at('20:00')).to).toBeLessThan(at('11:00'));
  });
  it('is wide enough for one act, and for none', () => {
    const plan = planOf([], at('10:00'), at('12:00'));
    expect(plan.lanes).toEqual([]);
    expect(plan.to - plan.from).toBeGreaterThanOrEqual(10 * 60_000);
  });
  it('puts what was done where it was done, and what is held where it may begin', () => {
    const done = act('1', 'ada', '10:00', { state: 'completed', finished_at: '2026-12-01T10:03:00Z' });
    const held = act('2', 'ada', '10:00', { state: 'queued', not_before: '2026-12-01T12:00:00Z' });
    expect(momentOf(done)).toBe(at('10:03'));
    expect(momentOf(held)).toBe(at('12:00'));
    expect(momentOf(act('3', 'ada', '10:00', { state: 'skipped', finished_at: '2026-12-01T11:00:00Z' }))).toBe(
      at('10:00'),
    );
  });
  it('has round ticks, full hours of the zone where they are hours', () => {
    expect(ticksOf(at('09:50'), at('11:10')).map((each) => new Date(each).toISOString().slice(11, 16))).toEqual([
      '10:00',
      '10:15',
      '10:30',
      '10:45',
      '11:00',
    ]);
    const indian = ticksOf(at('09:00'), at('14:00'), 330);
    expect(indian.every((each) => (each / 60_000 + 330) % 60 === 0)).toBe(true);
  });
  it('counts the acts of others around mine', () => {
    const acts = [
      act('1', 'jonas', '10:00'),
      act('2', 'ada', '10:20'),
      act('3', 'mia', '11:00'),
      act('4', 'kai', '12:00'),
    ];
    expect(aroundOf(acts, '2')).toEqual({ before: 1, after: 2 });
  });
});
