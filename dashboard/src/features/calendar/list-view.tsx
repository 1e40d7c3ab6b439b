/**
 * The calendar as a list of days, for phones and for readers. Only rows near the window are rendered; the table's row
 * count tells screen readers the whole number.
 */
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { PlatformMark } from '@/components/icons';
import { Status, wordOf } from '@/components/status';
import { Time } from '@/components/time';
import type { CalendarEntry } from '@/data/calendar';
import { cn } from '@/lib/cn';
import { dayOf, lengthOf } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { PlanIcon, planTitle } from './plan-body';
import type { Plan } from './plans';
import { linesOf, type Line } from './list-lines';
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
  /** The project is paused: what is scheduled stays until somebody resumes. */
  isHeld: boolean;
};

const NowLine = () => (
  <div className="flex items-center gap-2 px-3 text-axis text-accent-text" aria-hidden>
    <span className="h-0.5 flex-1 bg-accent" />
    {words.now}
  </div>
);

const State = ({
  entry,
  isHeld,
  ...look
}: {
  entry: CalendarEntry;
  isHeld: boolean;
  as?: 'icon';
  className: string;
}) =>
  isHeld ? <Status of="wait" state="resume" {...look} /> : <Status of="post" state={entry.state} {...look} />;

/** Drawn anew only when it is another one: the minute and the keys change the list of all. */
const Row = memo(function Row({
  entry,
  prediction,
  isSelected,
  isHeld,
}: {
  entry: CalendarEntry;
  prediction?: Prediction;
  isSelected: boolean;
  isHeld: boolean;
}) {
  return (
    <Link
      to="/app/posts/$postId"
      params={{ postId: entry.id }}
      data-entry={entry.id}
      className={cn(
        'flex min-h-(--row) items-center gap-3 px-3 py-1.5 hover:bg-hover',
        isHeld && 'hatched',
        isSelected && 'bg-accent-tint',
      )}
    >
      <span className="w-18 shrink-0">
        <Time at={entry.at} as="clock" noZone />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-name max-tablet:line-clamp-2 tablet:truncate">{entry.title}</span>
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
      <State entry={entry} isHeld={isHeld} className="max-tablet:hidden" />
      <State entry={entry} isHeld={isHeld} as="icon" className="tablet:hidden" />
    </Link>
  );
});

const planRow = 'flex min-h-(--row) items-center gap-3 px-3 py-1.5 hover:bg-hover';

/** An entry that is not a post yet leads to its origin. */
const PlanRow = ({ of }: { of: Plan }) => {
  const body = (
    <>
      <span className="w-18 shrink-0">
        <Time at={of.at} as="clock" noZone />
      </span>
      <PlanIcon of={of} />
      <span className="min-w-0 flex-1 max-tablet:line-clamp-2 tablet:truncate">{planTitle(of)}</span>
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

const head_px = 40;
const row_px = 37;
const linesAhead = 15;

const DayHead = ({ line, now, zone }: { line: Line & { kind: 'day' }; now: number; zone: string }) => (
  <div role="cell" className={cn('pb-1', !line.isFirst && 'pt-4')}>
    <h2 className={cn('font-heading', line.when === 'today' && 'text-accent-text')}>{dayOf(line.at, zone, now)}</h2>
  </div>
);

export const ListView = ({ entries, plans, zone, now, predictions, selected, isHeld }: Props) => {
  const today = dateIn(now, zone);
  const lines = useMemo(() => linesOf(entries, plans, zone, today), [entries, plans, zone, today]);
  const list = useRef<HTMLDivElement>(null);
  const [above_px, setAbove] = useState(0);
  // The content above the list in the scrolling page.
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    if (!main || !list.current) return;
    setAbove(list.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop);
  }, [lines]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => document.getElementById('main'),
    estimateSize: (index) => (lines[index]?.kind === 'day' ? head_px : row_px),
    getItemKey: (index) => lines[index]?.key ?? index,
    scrollMargin: above_px,
    overscan: linesAhead,
  });
  useEffect(() => {
    const index = lines.findIndex((each) => each.key === selected);
    if (index >= 0) virtual.scrollToIndex(index);
    // Scrolls only when the selection changes, not when entries arrive.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  const firstAhead = lines.find((each) => each.kind !== 'day' && each.day === today && each.at > now);
  return (
    <div
      ref={list}
      role="table"
      aria-label={words.views.list}
      aria-rowcount={lines.length}
      className="relative"
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const line = lines[index];
        if (!line) return null;
        return (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            role="row"
            aria-rowindex={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - above_px}px)` }}
          >
            {line.kind === 'day' ? (
              <DayHead line={line} now={now} zone={zone} />
            ) : (
              <div
                role="cell"
                className={cn(
                  'overflow-hidden border-x border-t border-line',
                  line.isFirst ? 'rounded-t-card border-t-line' : 'border-t-line-subtle',
                  line.isLast && 'rounded-b-card border-b',
                  line.when === 'past' ? 'bg-sunken' : 'bg-surface',
                )}
              >
                {line === firstAhead && <NowLine />}
                {line.kind === 'plan' ? (
                  <PlanRow of={line.plan} />
                ) : (
                  <Row entry={line.entry} prediction={predictions.get(line.key)} isSelected={selected === line.key} isHeld={isHeld && line.entry.state === 'scheduled'} />
                )}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
};
