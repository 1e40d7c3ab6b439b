/** Likes and comments that wait for my decision: the sidebar counts them, and the queue shows them. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';
import { useMay } from './people';

export type Engagement = Schemas['shown_engagement'];

const read_most = 100;

/** Whether a person must decide: it is not confirmed yet, or its outcome is unknown. */
const waitsForMember = (each: Engagement): boolean =>
  each.state === 'waiting_confirmation' || (each.state === 'unknown' && each.needs_decision);

/** Next turn first. */
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
