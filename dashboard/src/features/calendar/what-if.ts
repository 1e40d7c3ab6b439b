/** The simulation, laid over the calendar. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CalendarEntry } from '@/data/calendar';
import { queryKeys } from '@/data/keys';
import { simulate, type SimulatedDelivery, type Simulation } from '@/data/simulation';
import { toMs } from '@/lib/time/format';

export type Assumed = { callS: number; failPercent: number };
export const assumedAtFirst: Assumed = { callS: 0.3, failPercent: 0 };

const listed_max = 2_000;

/** Predictions for everything due from `from` to before `to`; only those that would not go out on time. */
export const whatIfQuery = (projectId: string, from: number, to: number, assumed: Assumed) =>
  queryOptions({
    queryKey: [...queryKeys.simulation, 'calendar', projectId, from, to, assumed.callS, assumed.failPercent],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      simulate(
        projectId,
        {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          show: 'trouble',
          limit: listed_max,
          assume: { call_ms: Math.round(assumed.callS * 1000), failure_rate: assumed.failPercent / 100 },
        },
        signal,
      ),
  });

type Trouble = 'late' | 'held' | 'refused' | 'failed' | 'missed' | 'asks';

export const troubleOf = (of: SimulatedDelivery): Trouble | undefined => {
  if (of.fate !== 'goes_out') return of.fate;
  return of.delayed_by ? 'late' : undefined;
};

const rank: Trouble[] = ['refused', 'failed', 'missed', 'held', 'asks', 'late'];

/** A post's prediction: the worst of its channels, and the latest time of its waits. */
export type Prediction = {
  trouble: Trouble;
  startsAt: number | undefined;
  latenessMs: number;
  deliveries: SimulatedDelivery[];
};

export const predictionsOf = (simulation: Simulation | undefined): Map<string, Prediction> => {
  const found = new Map<string, Prediction>();
  for (const each of simulation?.deliveries ?? []) {
    const trouble = troubleOf(each);
    if (!trouble) continue;
    const startsAt = each.starts_at ? toMs(each.starts_at) : undefined;
    const known = found.get(each.post_id);
    if (!known) {
      found.set(each.post_id, { trouble, startsAt, latenessMs: each.lateness_ms ?? 0, deliveries: [each] });
      continue;
    }
    known.deliveries.push(each);
    if (rank.indexOf(trouble) < rank.indexOf(known.trouble)) known.trouble = trouble;
    known.startsAt = Math.max(known.startsAt ?? 0, startsAt ?? 0) || undefined;
    known.latenessMs = Math.max(known.latenessMs, each.lateness_ms ?? 0);
  }
  return found;
};

export const lateOf = (totals: Simulation['totals']): number => totals.late + totals.throttled;

/** Whether the time may be changed: the server allows it, and the time is in the future. */
export const isMovable = (entry: CalendarEntry, mayPublish: boolean): boolean => mayPublish && entry.can_move;
