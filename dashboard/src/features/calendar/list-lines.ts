/** The calendar as lines: each day, followed by its entries. */
import type { CalendarEntry } from '@/data/calendar';
import { toMs } from '@/lib/time/format';
import type { Plan } from './plans';
import { dateIn, type DateText } from './span';

type Place = {
  key: string;
  at: number;
  day: DateText;
  when: 'past' | 'today' | 'ahead';
  /** The first of its kind: of all days, or of a day's entries. */
  isFirst: boolean;
};
export type Line = Place &
  (
    | { kind: 'day' }
    | { kind: 'entry'; isLast: boolean; entry: CalendarEntry }
    | { kind: 'plan'; isLast: boolean; plan: Plan }
  );

/** Days in order, each with its entries by time. `today` is the project's. */
export const linesOf = (entries: CalendarEntry[], plans: Plan[], zone: string, today: DateText): Line[] => {
  const all = [
    ...entries.map((entry) => ({ key: entry.id, at: toMs(entry.at), kind: 'entry' as const, entry })),
    ...plans.map((plan) => ({ key: plan.id, at: plan.at, kind: 'plan' as const, plan })),
  ]
    .sort((a, b) => a.at - b.at)
    .map((each) => ({ ...each, day: dateIn(each.at, zone) }));
  return all.flatMap((each, index): Line[] => {
    const { key, at, day } = each;
    const when = day < today ? 'past' : day === today ? 'today' : 'ahead';
    const isFirst = all[index - 1]?.day !== day;
    const line = { ...each, when, isFirst, isLast: all[index + 1]?.day !== day } satisfies Line;
    return isFirst ? [{ kind: 'day', key: `${day} ${key}`, at, day, when, isFirst: index === 0 }, line] : [line];
  });
};
