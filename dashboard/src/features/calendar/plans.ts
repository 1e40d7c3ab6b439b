/** Calendar entries other than posts: content with a wanted time, runs of rules, and spans of days. */
import type { Calendar } from '@/data/calendar';
import { toMs } from '@/lib/time/format';
import { addDays, dateIn, type DateText } from './span';

/** How many runs of one rule on one day are shown separately; more become one entry. */
const runs_max = 3;

export type Plan = {
  id: string;
  at: number;
  title: string;
} & (
  | { kind: 'content'; contentId: string; state: Calendar['content'][number]['state'] }
  | { kind: 'run'; ruleId: string; many: number }
);

const runsOf = (calendar: Calendar, zone: string): Plan[] => {
  const byDay = new Map<string, Calendar['coming_runs']>();
  for (const each of calendar.coming_runs) {
    const key = `${each.rule_id} ${dateIn(toMs(each.at), zone)}`;
    const known = byDay.get(key);
    if (known) known.push(each);
    else byDay.set(key, [each]);
  }
  return [...byDay.values()].flatMap((those) =>
    (those.length > runs_max ? those.slice(0, 1) : those).map((each) => ({
      kind: 'run' as const,
      id: `run-${each.rule_id}-${each.at}`,
      ruleId: each.rule_id,
      at: toMs(each.at),
      title: each.name,
      many: those.length > runs_max ? those.length : 1,
    })),
  );
};

/** Content and runs, by time. A rule with many runs on a day is one entry with their number. */
export const plansOf = (calendar: Calendar, zone: string): Plan[] =>
  [
    ...calendar.content.map((each) => ({
      kind: 'content' as const,
      id: `content-${each.id}`,
      contentId: each.id,
      at: toMs(each.at),
      title: each.title,
      state: each.state,
    })),
    ...runsOf(calendar, zone),
  ].sort((a, b) => a.at - b.at);

export type CampaignSpan = {
  id: string;
  name: string;
  state: Calendar['campaigns'][number]['state'];
  from: DateText;
  /** The day after the last. */
  until: DateText;
};

/** The visible parts of campaigns' days; a campaign without days has no span. */
export const spansOf = (calendar: Calendar, shown: { from: DateText; to: DateText }): CampaignSpan[] =>
  calendar.campaigns.flatMap(({ id, name, state, first_day: first, last_day: last }) => {
    if (!first && !last) return [];
    const from = first && first > shown.from ? first : shown.from;
    const until = last && addDays(last, 1) < shown.to ? addDays(last, 1) : shown.to;
    return from < until ? [{ id, name, state, from, until }] : [];
  });

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** "22:00", "07:00". */
export const quietClocks = (of: NonNullable<Calendar['quiet_hours']>): { from: string; to: string } => ({
  from: clockText(of.from_minute),
  to: clockText(of.to_minute),
});

/** The quiet parts of a day as clock times; hours over midnight make two parts, and the end of the day is 24:00. */
export const quietParts = (of: Calendar['quiet_hours']): { from: string; to: string }[] => {
  if (!of || of.from_minute === of.to_minute) return [];
  if (of.from_minute < of.to_minute) return [quietClocks(of)];
  return [
    { from: '00:00', to: clockText(of.to_minute) },
    { from: clockText(of.from_minute), to: '24:00' },
  ].filter((each) => each.from !== each.to);
};
