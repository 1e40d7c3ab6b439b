import { describe, expect, it } from 'vitest';
import type { Rule } from '@/data/rules';
import {
  clockOfMinute,
  conditionsOf,
  draftOf,
  emptyRule,
  isWhole,
  minuteOfClock,
  requestOf,
  triggerOf,
  triggerText,
} from './rule-draft';

describe('a rule in its form', () => {
  it('sends only the members that its trigger has', () => {
    expect(triggerOf({ ...emptyRule, kind: 'cron', cron: ' 0 9 * * mon ' })).toEqual({
      kind: 'cron',
      cron: '0 9 * * mon',
    });
    expect(triggerOf({ ...emptyRule, kind: 'interval', everyMinutes: '90' })).toEqual({
      kind: 'interval',
      every_minutes: 90,
    });
    expect(triggerOf({ ...emptyRule, kind: 'event', event: 'post_failed' })).toEqual({
      kind: 'event',
      event: 'post_failed',
    });
  });

  it('is asked about when its trigger is written to its end, not before', () => {
    const whole = (draft: Partial<typeof emptyRule>) => isWhole(triggerOf({ ...emptyRule, ...draft }));
    expect(whole({ kind: 'cron' })).toBe(true);
    for (const cron of ['', '0 9', '0 9 * *', '0 9 * * mon,', '0 9 * * 1-']) expect(whole({ cron }), cron).toBe(false);
    expect(whole({ kind: 'interval', everyMinutes: '' })).toBe(false);
    expect(whole({ kind: 'interval', everyMinutes: '5' })).toBe(true);
    expect(whole({ kind: 'rrule' }), 'no first moment yet').toBe(false);
    expect(whole({ kind: 'rrule', startsAt: '2027-01-13T09:00' })).toBe(true);
    for (const rrule of ['', 'FREQ=', 'FREQ=WEEKLY;', 'FREQ=WEEKLY;BYDAY=', 'FREQ=WEEKLY;BYDAY=MO,'])
      expect(whole({ kind: 'rrule', startsAt: '2027-01-13T09:00', rrule }), rrule).toBe(false);
    expect(whole({ kind: 'feed', feedUrl: 'https://' })).toBe(false);
    expect(whole({ kind: 'feed', feedUrl: 'https://example.com/feed' })).toBe(true);
    expect(whole({ kind: 'event' })).toBe(true);
  });

  it('leaves out conditions that are not filled in', () => {
    expect(conditionsOf(emptyRule)).toEqual({});
    expect(
      conditionsOf({ ...emptyRule, labels: 'spring,, sale , spring', hoursFrom: '22:00', hoursTo: '06:30' }),
    ).toEqual({
      labels: ['spring', 'sale'],
      hours: { from_minute: 1320, to_minute: 390 },
    });
    expect(conditionsOf({ ...emptyRule, hoursFrom: '22:00' })).toEqual({});
  });

  it('reads and writes times of day', () => {
    expect([minuteOfClock('9:05'), minuteOfClock('24:00'), minuteOfClock('noon')]).toEqual([545, undefined, undefined]);
    expect(clockOfMinute(545)).toBe('09:05');
  });

  it('comes back from the server as it was sent', () => {
    const draft = {
      ...emptyRule,
      name: 'Weekly',
      release: 'next_slot' as const,
      slots: '09:00, 15:00',
      missed: 'all' as const,
    };
    const sent = requestOf(draft);
    const back = draftOf({ ...sent, campaign_id: null } as unknown as Rule);
    expect(requestOf(back)).toEqual(sent);
  });

  it('says in words what sets it off', () => {
    const of = (trigger: object) => triggerText(trigger as Rule['trigger']);
    expect(of({ kind: 'interval', every_minutes: 120 })).toBe('Every 2 hours');
    expect(of({ kind: 'interval', every_minutes: 1440 })).toBe('Every day');
    expect(of({ kind: 'feed', feed_url: 'https://news.example.org/a.xml' })).toBe('News of news.example.org');
  });
});

describe('what sets a rule off, in a few words', () => {
  const said = (cron: string) => triggerText({ kind: 'cron', cron } as Rule['trigger']);

  it('is said as people say it where it names times on days', () => {
    expect(said('0 9 * * mon,thu')).toBe('Mon, Thu at 09:00');
    expect(said('30 7,16 * * 1-5')).toBe('Mon to Fri at 07:30, 16:30');
    expect(said('5 0 * * *')).toBe('Every day at 00:05');
  });

  it('is said as people say it where an RRULE names days, weeks or months', () => {
    const of = (rrule: string) => triggerText({ kind: 'rrule', rrule, starts_at: '2027-01-13T09:00:00' } as Rule['trigger']);
    expect(of('FREQ=WEEKLY;BYDAY=MO,TH')).toBe('Mon, Thu at 09:00');
    expect(of('RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')).toBe('Every 2 weeks on Mon at 09:00');
    expect(of('FREQ=DAILY')).toBe('Every day at 09:00');
    expect(of('FREQ=MONTHLY;BYMONTHDAY=15')).toBe('Every month on day 15 at 09:00');
    for (const each of ['FREQ=MONTHLY;BYDAY=1MO', 'FREQ=WEEKLY;COUNT=3', 'FREQ=YEARLY', 'FREQ=WEEKLY;INTERVAL=0']) expect(of(each)).toBe(each);
  });

  it('stands as it is written where it names more', () => {
    for (const each of ['*/5 * * * *', '0 9 1 * *', '0 9 * * mon#2', '0 9 * jan *', '0 9 * *'])
      expect(said(each)).toBe(`Cron ${each}`);
  });
});
