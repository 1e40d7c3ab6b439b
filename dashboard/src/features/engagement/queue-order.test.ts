import { describe, expect, it } from 'vitest';
import { inTurn, type Engagement } from '@/data/engagement';
import { nextOf } from './queue-order';

const act = (id: string, clock: string, more: Partial<Engagement> = {}): Engagement =>
  ({ id, state: 'waiting_confirmation', planned_at: `2026-12-01T${clock}:00Z`, ...more }) as Engagement;

describe('my queue', () => {
  it('has the next turn first, and what nobody but me can tell, too', () => {
    const all = [
      act('late', '12:00'),
      act('looked', '11:00', { state: 'unknown', needs_decision: false }),
      act('asked', '11:00', { state: 'unknown', needs_decision: true }),
      act('first', '10:00'),
      act('done', '09:00', { state: 'completed' }),
    ];
    expect(inTurn(all).map((each) => each.id)).toEqual(['first', 'asked', 'late']);
  });
  it('goes on with the next, and back from the last', () => {
    const acts = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(nextOf(acts, 'a')).toBe('b');
    expect(nextOf(acts, 'c')).toBe('b');
    expect(nextOf([{ id: 'a' }], 'a')).toBeUndefined();
  });
});
