/** Likes and comments that wait for one's own word: what the sidebar counts, and the queue works through. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';
import { useMay } from './people';

export type Engagement = Schemas['shown_engagement'];

const read_most = 100;

/** Whether somebody must say something: not confirmed yet, or nobody can tell whether it is there. */
const waitsForMember = (each: Engagement): boolean =>
  each.state === 'waiting_confirmation' || (each.state === 'unknown' && each.needs_decision);

/** The next turn first. */
export const inTurn = (all: readonly Engagement[]): Engagement[] =>
  all
    .filter(waitsForMember)
    .sort((a, b) => Date.parse(a.planned_at) - Date.parse(b.planned_at) || a.id.localeCompare(b.id));

export const queueQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'queue'],
  queryFn: async ({ signal }) => {
    const query = {
      scope: 'mine' as const,
      state: ['waiting_confirmation', 'unknown'] as Engagement['state'][],
      limit: read_most,
    };
    return inTurn((await dataOf(api.GET('/engagements', { params: { query }, signal }))).items);
  },
  staleTime: 20_000,
});

export const useQueueCount = (): number => {
  const enabled = useMay('engage');
  return useQuery({ ...queueQuery, enabled }).data?.length ?? 0;
};
