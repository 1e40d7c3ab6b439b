/** The calendar as a list of days: what phones show, and whoever prefers to read. */
import { Link } from '@tanstack/react-router';
import { PlatformMark } from '@/components/icons';
import { Status, wordOf } from '@/components/status';
import { Time } from '@/components/time';
import type { CalendarEntry } from '@/data/calendar';
import { cn } from '@/lib/cn';
import { dayOf, lengthOf, toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { dateIn } from './span';
import type { Prediction } from './what-if';
import { wordsOfLate } from './words';

type Props = {
  entries: CalendarEntry[];
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

const Row = ({
  entry,
  prediction,
  isSelected,
}: {
  entry: CalendarEntry;
  prediction?: Prediction;
  isSelected: boolean;
}) => (
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

/** The entries of each day, days in their order. */
const byDay = (entries: CalendarEntry[], zone: string): Map<string, CalendarEntry[]> => {
  const days = new Map<string, CalendarEntry[]>();
  for (const each of entries) {
    const day = dateIn(toMs(each.at), zone);
    days.set(day, [...(days.get(day) ?? []), each]);
  }
  return days;
};

export const ListView = ({ entries, zone, now, predictions, selected }: Props) => {
  const days = byDay(entries, zone);
  const today = dateIn(now, zone);
  return (
    <ol className="flex flex-col gap-4">
      {[...days].map(([day, those]) => {
        const firstAhead = day === today ? those.find((each) => toMs(each.at) > now) : undefined;
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
                  <Row entry={each} prediction={predictions.get(each.id)} isSelected={selected === each.id} />
                </div>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
};
