import { describe, expect, it } from 'vitest';
import { inWords } from './change-words';
import { changesOf, type RuleVersion } from './rule-changes';

const version = (more: object): RuleVersion =>
  ({
    version: 1,
    name: 'Morning',
    trigger: { kind: 'cron', cron: '0 9 * * *' },
    conditions: {},
    action: { kind: 'make_content', release: 'draft' },
    missed: { kind: 'last' },
    changed_by: 'a',
    changed_at: '2026-11-29T08:00:00Z',
    ...more,
  }) as unknown as RuleVersion;

describe('what changed between two versions of a rule', () => {
  it('is nothing where they say the same', () => {
    expect(changesOf(version({}), version({ version: 2, changed_by: 'b' }))).toEqual([]);
  });

  it('is named part by part, with what was there before', () => {
    const after = version({
      trigger: { kind: 'cron', cron: '0 10 * * *' },
      conditions: { week_days: ['monday', 'friday'] },
      action: { kind: 'make_content' },
    });
    expect(changesOf(version({}), after)).toEqual([
      { part: 'trigger.cron', before: '0 9 * * *', after: '0 10 * * *' },
      { part: 'action.release', before: 'draft', after: '' },
      { part: 'conditions.week_days', before: '', after: 'monday, friday' },
    ]);
  });

  it('is said in the words of the editor, never in names or ids of the API', () => {
    expect(inWords({ part: 'conditions.week_days', before: '', after: 'monday, friday' })).toEqual({
      part: 'Today is',
      before: '',
      after: 'Mon, Fri',
    });
    expect(inWords({ part: 'action.release', before: 'draft', after: 'next_slot' }).after).toBe(
      'Publish it at the next free time',
    );
    expect(inWords({ part: 'conditions.hours.from_minute', before: '', after: '570' }).after).toBe('09:30');
    expect(inWords({ part: 'action.template_id', before: '0190-a', after: '0190-b' })).toEqual({
      part: 'Template',
      before: '',
      after: 'chosen otherwise',
    });
    expect(inWords({ part: 'action.values.product', before: 'a', after: 'b' }).part).toBe('product');
  });
});
