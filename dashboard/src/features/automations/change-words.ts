/** Describes another version of a rule in the words of the editor's fields, not the API's. */
import { platformNames } from '@strings/platforms';
import { automationsStrings as words } from '@strings/automations';
import type { RuleChange } from './rule-changes';

const parts: Record<string, string> = {
  name: words.name,
  'trigger.kind': words.kind,
  'trigger.every_minutes': words.everyMinutes,
  'trigger.from': words.startsAt,
  'trigger.cron': words.cron,
  'trigger.rrule': words.rrule,
  'trigger.starts_at': words.startsAt,
  'trigger.event': words.event,
  'trigger.feed_url': words.feedUrl,
  'conditions.channel_types': words.channelTypes,
  'conditions.labels': words.labels,
  'conditions.text_contains': words.textContains,
  'conditions.late_by_seconds': words.lateBy,
  'conditions.week_days': words.weekDays,
  'conditions.hours.from_minute': words.hoursFrom,
  'conditions.hours.to_minute': words.hoursTo,
  'action.kind': words.action,
  'action.template_id': words.template,
  'action.source': words.source,
  'action.channel_ids': words.channelsPart,
  'action.release': words.release,
  'action.needs_approval': words.approvalPart,
  'action.after_minutes': words.afterMinutes,
  'action.slots': words.slots,
  'action.member_ids': words.members,
  'action.message': words.message,
  'missed.kind': words.missed,
  'missed.at_most': words.atMost,
};

type Names = Record<string, string>;
const values: Record<string, Names> = {
  'trigger.kind': words.kinds,
  'trigger.event': words.events,
  'conditions.channel_types': platformNames,
  'conditions.week_days': words.days,
  'action.kind': words.actions,
  'action.source': words.sources,
  'action.release': words.releases,
  'action.needs_approval': { true: words.yes, false: words.no },
  'missed.kind': words.missedKinds,
};

const valueOf = (part: string, value: string): string => {
  if (value === '') return '';
  if (/_ids?$/.test(part)) return words.otherChoice;
  if (/_minute$/.test(part)) {
    const minutes = Number(value);
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  }
  const names = values[part];
  return names
    ? value
        .split(', ')
        .map((each) => names[each] ?? each)
        .join(', ')
    : value;
};

/** A part with an empty text uses its last name; a value that fills a template has its own. */
export const inWords = (of: RuleChange): RuleChange => {
  const [before, after] = [valueOf(of.part, of.before), valueOf(of.part, of.after)];
  return {
    part: parts[of.part] ?? of.part.split('.').at(-1) ?? of.part,
    // Changed ids are reported only as "others", once.
    before: before === after ? '' : before,
    after,
  };
};
