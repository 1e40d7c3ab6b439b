/** Below the chosen time: which channel would be late or held then, why, and a free slot. */
import { useQuery } from '@tanstack/react-query';
import { CirclePause, Timer } from 'lucide-react';
import { useMemo } from 'react';
import type { Channel } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { useProjects } from '@/data/projects';
import { simulate } from '@/data/simulation';
import { usageQuery } from '@/data/usage';
import { serverNow } from '@/lib/clock';
import { lengthOf } from '@/lib/time/format';
import { composeStrings as words } from '@strings/compose';
import { forecastOf, nextFreeSlot, type Forecast } from './forecast';

const hour_ms = 3_600_000;
const behind_ms = 25 * hour_ms;
const ahead_ms = 24 * hour_ms;
const listed_max = 1000;

/** The prediction for a post on these channels at that time. */
export const useForecast = (projectId: string, channels: Channel[], at: number | undefined) => {
  // Refetched only when the time moves by an hour, because the answer covers more than that.
  const hour = at === undefined ? undefined : Math.floor(at / hour_ms);
  const project = useProjects().find((each) => each.id === projectId);
  const { data: usage } = useQuery(usageQuery(projectId));
  const { data: simulation } = useQuery({
    queryKey: [...queryKeys.simulation, 'compose', projectId, hour],
    enabled: hour !== undefined,
    queryFn: ({ signal }) => {
      const middle = (hour ?? 0) * hour_ms;
      const from = Math.max(serverNow(), middle - behind_ms);
      const to = Math.max(from, middle) + ahead_ms;
      return simulate(
        projectId,
        { from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: listed_max },
        signal,
      );
    },
  });
  const isPaused = Boolean(project?.paused_at);
  return useMemo(() => {
    const known = { channels, usage: usage ?? [], deliveries: simulation?.deliveries ?? [], isPaused };
    const isKnown = usage !== undefined && simulation !== undefined;
    return {
      forecasts: isKnown && at !== undefined ? forecastOf(at, known) : [],
      freeSlot: () => (isKnown ? nextFreeSlot(Math.max(serverNow(), at ?? 0), known) : undefined),
      isKnown,
    };
  }, [channels, usage, simulation, isPaused, at]);
};

const sentenceOf = (of: Forecast, at: number): string => {
  if (of.kind === 'held') return words.wouldBeHeld(of.channel.name);
  const length = lengthOf(Math.ceil((of.until - at) / 1000) * 1000);
  return of.why === 'budget' ? words.budgetLate(of.channel.name, length) : words.queueLate(of.channel.name, length);
};

export const ForecastLine = ({
  forecasts,
  at,
  onFreeSlot,
}: {
  forecasts: Forecast[];
  at: number;
  onFreeSlot: () => void;
}) => {
  if (forecasts.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5 text-meta" data-forecast>
      {forecasts.map((each) => {
        const isLate = each.kind === 'late';
        const Icon = isLate ? Timer : CirclePause;
        return (
          <li
            key={each.channel.id}
            data-would={each.kind}
            className={
              isLate ? 'flex items-start gap-1.5 text-warning-text' : 'flex items-start gap-1.5 text-secondary'
            }
          >
            <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
            {sentenceOf(each, at)}
          </li>
        );
      })}
      {forecasts.some((each) => each.kind === 'late') && (
        <li>
          <button
            type="button"
            onClick={onFreeSlot}
            className="text-accent-text underline-offset-2 hover:underline max-tablet:min-h-11"
          >
            {words.takeFreeSlot}
          </button>
        </li>
      )}
    </ul>
  );
};
