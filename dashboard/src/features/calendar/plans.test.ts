import { describe, expect, test } from 'vitest';
import type { Calendar } from '@/data/calendar';
import { plansOf, quietParts, spansOf } from './plans';

const calendar = (more: Partial<Calendar>): Calendar =>
  ({ content: [], campaigns: [], blackouts: [], coming_runs: [], quiet_hours: null, ...more }) as Calendar;

const run = (rule: string, at: string) => ({ rule_id: rule, name: rule, campaign_id: null, at });

describe('plans', () => {
  test('content and runs stand by time', () => {
    const found = plansOf(
      calendar({
        content: [
          { id: 'c', title: 'Teaser', at: '2026-12-01T10:00:00Z', state: 'pending_approval', campaign_id: null },
        ],
        coming_runs: [run('r', '2026-12-01T09:00:00Z'), run('r', '2026-12-02T09:00:00Z')],
      }),
      'UTC',
    );
    expect(found.map((each) => each.kind)).toEqual(['run', 'content', 'run']);
  });

  test('a rule that runs often on a day stands there once, days as the zone has them', () => {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      run('r', `2026-12-01T${String(hour).padStart(2, '0')}:00:00Z`),
    );
    const found = plansOf(calendar({ coming_runs: hours }), 'Asia/Tokyo');
    expect(found.map((each) => each.kind === 'run' && each.many)).toEqual([15, 9]);
  });

  test('the days of a campaign end with what is shown, and one without days is no span', () => {
    const campaign = { state: 'active' as const, starts_at: null, ends_at: null };
    const found = spansOf(
      calendar({
        campaigns: [
          { ...campaign, id: 'a', name: 'a', first_day: '2026-11-01', last_day: '2026-12-02' },
          { ...campaign, id: 'b', name: 'b', first_day: '2026-12-03', last_day: null },
          { ...campaign, id: 'c', name: 'c', first_day: null, last_day: null },
        ],
      }),
      { from: '2026-11-30', to: '2026-12-07' },
    );
    expect(found.map(({ id, from, until }) => [id, from, until])).toEqual([
      ['a', '2026-11-30', '2026-12-03'],
      ['b', '2026-12-03', '2026-12-07'],
    ]);
  });

  test('quiet hours over midnight are two parts of a day', () => {
    expect(quietParts({ from_minute: 22 * 60, to_minute: 7 * 60 })).toEqual([
      { from: '00:00', to: '07:00' },
      { from: '22:00', to: '24:00' },
    ]);
    expect(quietParts({ from_minute: 22 * 60, to_minute: 0 })).toEqual([{ from: '22:00', to: '24:00' }]);
    expect(quietParts({ from_minute: 60, to_minute: 300 })).toEqual([{ from: '01:00', to: '05:00' }]);
    expect(quietParts(null)).toEqual([]);
  });
});
