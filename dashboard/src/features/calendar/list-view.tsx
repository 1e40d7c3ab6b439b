/** The calendar as a list of days: what phones show, and whoever prefers to read. */
import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { PlatformMark } from '@/components/icons';
import { Status, wordOf } from '@/components/status';
import { Time } from '@/components/time';
import type { CalendarEntry } from '@/data/calendar';
import { cn } from '@/lib/cn';
import { dayOf, lengthOf, toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { PlanIcon, planTitle } from './plan-body';
import type { Plan } from './plans';
import { dateIn } from './span';
import type { Prediction } from './what-if';
import { wordsOfLate } from './words';

type Props = {
  entries: CalendarEntry[];
  plans: Plan[];
  zone: string;
  now: number;
  predictions: Map<string, Prediction>;
  selected: string | undefined;
};

const NowLine = () => (
  <div className="flex items-center gap-2 px-3 text-axis text-accent-text" aria-hidden>
    <span className="h-0.5 flex-1 bg-accent" />
    {words.now}
  </div>
);

/** Drawn anew only when it is another one: the minute and the keys change the list of all. */
const Row = memo(function Row({
  entry,
  prediction,
  isSelected,
}: {
  entry: CalendarEntry;
  prediction?: Prediction;
  isSelected: boolean;
}) {
  return (
    <Link
      to="/app/posts/$postId"
      params={{ postId: entry.id }}
      data-entry={entry.id}
      className={cn('flex min-h-(--row) items-center gap-3 px-3 py-1.5 hover:bg-hover', isSelected && 'bg-accent-tint')}
    >
      <span className="w-14 shrink-0">
        <Time at={entry.at} as="clock" noZone />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-name">{entry.title}</span>
        {prediction && (
          <span className="block truncate text-meta">
            <Status
              of="would"
              state={prediction.trouble}
              as="text"
              word={wordsOfLate(wordOf('would', prediction.trouble), lengthOf(prediction.latenessMs))}
            />
          </span>
        )}
      </span>
      <span className="flex shrink-0 gap-1">
        {[...new Set(entry.channels.map((each) => each.platform))].map((platform) => (
          <PlatformMark key={platform} of={platform} named />
        ))}
      </span>
      <Status of="post" state={entry.state} className="max-tablet:hidden" />
      <Status of="post" state={entry.state} as="icon" className="tablet:hidden" />
    </Link>
  );
});

const planRow = 'flex min-h-(--row) items-center gap-3 px-3 py-1.5 hover:bg-hover';

/** What is no post yet leads to what it comes from. */
const PlanRow = ({ of }: { of: Plan }) => {
  const body = (
    <>
      <span className="w-14 shrink-0">
        <Time at={of.at} as="clock" noZone />
      </span>
      <PlanIcon of={of} />
      <span className="min-w-0 flex-1 truncate">{planTitle(of)}</span>
      {of.kind === 'content' ? (
        <Status of="content" state={of.state} />
      ) : (
        <span className="text-meta text-muted">{words.run}</span>
      )}
    </>
  );
  return of.kind === 'content' ? (
    <Link
      to="/app/content-studio/$contentId"
      params={{ contentId: of.contentId }}
      data-plan={of.kind}
      className={planRow}
    >
      {body}
    </Link>
  ) : (
    <Link to="/app/automations/$ruleId" params={{ ruleId: of.ruleId }} data-plan={of.kind} className={planRow}>
      {body}
    </Link>
  );
};

type Shown = { id: string; at: number } & ({ entry: CalendarEntry } | { plan: Plan });

/** What stands on each day, by time; days in their order. */
const byDay = (entries: CalendarEntry[], plans: Plan[], zone: string): Map<string, Shown[]> => {
  const all: Shown[] = [
    ...entries.map((entry) => ({ id: entry.id, at: toMs(entry.at), entry })),
    ...plans.map((plan) => ({ id: plan.id, at: plan.at, plan })),
  ].sort((a, b) => a.at - b.at);
  const days = new Map<string, Shown[]>();
  for (const each of all) {
    const day = dateIn(each.at, zone);
    const those = days.get(day);
    if (those) those.push(each);
    else days.set(day, [each]);
  }
  return days;
};

export const ListView = ({ entries, plans, zone, now, predictions, selected }: Props) => {
  const days = useMemo(() => byDay(entries, plans, zone), [entries, plans, zone]);
  const today = dateIn(now, zone);
  return (
    <ol className="flex flex-col gap-4">
      {[...days].map(([day, those]) => {
        const firstAhead = day === today ? those.find((each) => each.at > now) : undefined;
        return (
          <li key={day}>
            <h2 className={cn('mb-1 font-heading', day === today && 'text-accent-text')}>
              {dayOf(those[0]?.at ?? 0, zone, now)}
            </h2>
            <div
              className={cn(
                'overflow-hidden rounded-card border border-line',
                day < today ? 'bg-sunken' : 'bg-surface',
              )}
            >
              {those.map((each) => (
                <div key={each.id} className="border-t border-line-subtle first:border-t-0">
                  {each === firstAhead && <NowLine />}
                  {'plan' in each ? (
                    <PlanRow of={each.plan} />
                  ) : (
                    <Row entry={each.entry} prediction={predictions.get(each.id)} isSelected={selected === each.id} />
                  )}
                </div>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
};
