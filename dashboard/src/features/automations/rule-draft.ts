/** A rule in the form's shape, and in the API's. */
import type { Rule } from '@/data/rules';
import type { Schemas } from '@/lib/api/client';
import { listOf } from '@/lib/errors-by-field';
import { automationsStrings as words } from '@strings/automations';

export type TriggerKind = Schemas['trigger_kind'];
export type WeekDay = Schemas['week_day'];

export type RuleDraft = {
  name: string;
  campaignId: string;
  kind: TriggerKind;
  everyMinutes: string;
  from: string | null;
  cron: string;
  rrule: string;
  startsAt: string;
  event: Schemas['trigger_event'];
  feedUrl: string;
  channelTypes: Schemas['channel_type'][];
  labels: string;
  textContains: string;
  lateBy: string;
  weekDays: WeekDay[];
  hoursFrom: string;
  hoursTo: string;
  action: Schemas['action_kind'];
  templateId: string;
  source: Schemas['text_source'];
  values: Record<string, string>;
  channelIds: string[];
  release: Schemas['release_kind'];
  needsApproval: boolean;
  afterMinutes: string;
  slots: string;
  memberIds: string[];
  message: string;
  missed: Schemas['missed_kind'];
  atMost: string;
};

export const weekDays: readonly WeekDay[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

export const emptyRule: RuleDraft = {
  name: '',
  campaignId: '',
  kind: 'cron',
  everyMinutes: '60',
  from: null,
  cron: '0 9 * * mon,thu',
  rrule: 'FREQ=WEEKLY;BYDAY=MO,TH',
  startsAt: '',
  event: 'post_published',
  feedUrl: '',
  channelTypes: [],
  labels: '',
  textContains: '',
  lateBy: '',
  weekDays: [],
  hoursFrom: '',
  hoursTo: '',
  action: 'make_content',
  templateId: '',
  source: 'plain',
  values: {},
  channelIds: [],
  release: 'draft',
  needsApproval: false,
  afterMinutes: '60',
  slots: '09:00',
  memberIds: [],
  message: '',
  missed: 'last',
  atMost: '10',
};

/** "540" of the day as "09:00". */
export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** "09:00" as 540; undefined if it is not a time of day. */
export const minuteOfClock = (text: string): number | undefined => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return Number(hour) * 60 + Number(minute);
};

export const draftOf = ({ name, campaign_id, trigger, conditions, action, missed }: Rule): RuleDraft => ({
  ...emptyRule,
  name,
  campaignId: campaign_id ?? '',
  kind: trigger.kind,
  everyMinutes: String(trigger.every_minutes ?? emptyRule.everyMinutes),
  from: trigger.from ?? null,
  cron: trigger.cron ?? emptyRule.cron,
  rrule: trigger.rrule ?? emptyRule.rrule,
  startsAt: trigger.starts_at?.slice(0, 16) ?? '',
  event: trigger.event ?? emptyRule.event,
  feedUrl: trigger.feed_url ?? '',
  channelTypes: conditions.channel_types ?? [],
  labels: conditions.labels?.join(', ') ?? '',
  textContains: conditions.text_contains?.join(', ') ?? '',
  lateBy: conditions.late_by_seconds ? String(conditions.late_by_seconds) : '',
  weekDays: conditions.week_days ?? [],
  hoursFrom: conditions.hours ? clockOfMinute(conditions.hours.from_minute) : '',
  hoursTo: conditions.hours ? clockOfMinute(conditions.hours.to_minute) : '',
  action: action.kind,
  templateId: action.template_id ?? '',
  source: action.source ?? 'plain',
  values: action.values ?? {},
  channelIds: action.channel_ids ?? [],
  release: action.release ?? 'draft',
  needsApproval: action.needs_approval ?? false,
  afterMinutes: String(action.after_minutes ?? emptyRule.afterMinutes),
  slots: action.slots?.join(', ') ?? emptyRule.slots,
  memberIds: action.member_ids ?? [],
  message: action.message ?? '',
  missed: missed.kind,
  atMost: String(missed.at_most ?? emptyRule.atMost),
});

const number = (text: string): number => Math.trunc(Number(text)) || 0;

export const triggerOf = (of: RuleDraft): Schemas['rule_trigger_input'] => {
  switch (of.kind) {
    case 'interval':
      return { kind: of.kind, every_minutes: number(of.everyMinutes), ...(of.from ? { from: of.from } : {}) };
    case 'cron':
      return { kind: of.kind, cron: of.cron.trim() };
    case 'rrule':
      return { kind: of.kind, rrule: of.rrule.trim(), starts_at: of.startsAt };
    case 'event':
      return { kind: of.kind, event: of.event };
    case 'feed':
      return { kind: of.kind, feed_url: of.feedUrl.trim(), every_minutes: number(of.everyMinutes) };
  }
};

/** Whether the form is complete, so that the server can check it. Only the server decides whether it is right. */
export const isWhole = (of: Schemas['rule_trigger_input']): boolean => {
  switch (of.kind) {
    case 'interval':
      return (of.every_minutes ?? 0) > 0;
    case 'cron':
      return (of.cron ?? '').split(/\s+/).filter((each) => !/[-,/]$/.test(each)).length >= 5;
    case 'rrule':
      return Boolean(of.starts_at) && /FREQ=\w.*[^=;,]$/i.test(of.rrule ?? '');
    case 'event':
      return true;
    case 'feed':
      return (of.every_minutes ?? 0) > 0 && /^https?:\/\/[^/\s]+/i.test(of.feed_url ?? '');
  }
};

/** Only conditions that are filled in; omitted ones do not restrict the rule. */
export const conditionsOf = (of: RuleDraft): Schemas['rule_conditions_input'] => {
  const [from, to] = [minuteOfClock(of.hoursFrom), minuteOfClock(of.hoursTo)];
  return {
    ...(of.channelTypes.length ? { channel_types: of.channelTypes } : {}),
    ...(listOf(of.labels).length ? { labels: listOf(of.labels) } : {}),
    ...(listOf(of.textContains).length ? { text_contains: listOf(of.textContains) } : {}),
    ...(of.lateBy.trim() ? { late_by_seconds: number(of.lateBy) } : {}),
    ...(of.weekDays.length ? { week_days: of.weekDays } : {}),
    ...(from !== undefined && to !== undefined ? { hours: { from_minute: from, to_minute: to } } : {}),
  };
};

export const actionOf = (of: RuleDraft): Schemas['rule_action_input'] => {
  if (of.action === 'notify') return { kind: of.action, member_ids: of.memberIds, message: of.message };
  return {
    kind: of.action,
    ...(of.templateId ? { template_id: of.templateId } : {}),
    source: of.source,
    ...(Object.keys(of.values).length ? { values: of.values } : {}),
    ...(of.channelIds.length ? { channel_ids: of.channelIds } : {}),
    release: of.release,
    ...(of.needsApproval ? { needs_approval: true } : {}),
    ...(of.release === 'after' ? { after_minutes: number(of.afterMinutes) } : {}),
    ...(of.release === 'next_slot' ? { slots: listOf(of.slots) } : {}),
  };
};

export const requestOf = (of: RuleDraft) => ({
  name: of.name.trim(),
  campaign_id: of.campaignId || null,
  trigger: triggerOf(of),
  conditions: conditionsOf(of),
  action: actionOf(of),
  missed: { kind: of.missed, ...(of.missed === 'all' ? { at_most: number(of.atMost) } : {}) },
});

const hostOf = (address: string): string => {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
};

/** The trigger in a few words. */
export const triggerText = (of: Schemas['rule_trigger']): string => {
  const say = words.sentence;
  switch (of.kind) {
    case 'interval':
      return say.every(of.every_minutes ?? 0);
    case 'cron':
      return say.cron(of.cron ?? '');
    case 'rrule':
      return say.rrule(of.rrule ?? '', of.starts_at?.slice(11, 16));
    case 'event':
      return of.event ? words.events[of.event] : '';
    case 'feed':
      return say.feed(hostOf(of.feed_url ?? ''));
  }
};

/** Three starting points. */
export const readyRules = {
  weekly: { ...emptyRule, name: words.ready.weekly.name },
  feed: {
    ...emptyRule,
    name: words.ready.feed.name,
    kind: 'feed',
    everyMinutes: '30',
    release: 'next_slot',
    needsApproval: true,
  },
  failed: { ...emptyRule, name: words.ready.failed.name, kind: 'event', event: 'post_failed', action: 'notify' },
} satisfies Record<string, RuleDraft>;
