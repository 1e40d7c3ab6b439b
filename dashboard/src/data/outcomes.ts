import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Outcome = Schemas['delivery_outcome'];

const outcomes_max = 1000;

/** Deliveries that ended since a time, newest first, with how late each began. */
export const outcomesQuery = (projectId: string | undefined, since: number) =>
  queryOptions({
    queryKey: [...queryKeys.deliveries, 'outcomes', projectId ?? 'all', since],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (
        await dataOf(
          api.GET('/deliveries/outcomes', {
            params: { query: { project_id: projectId, since: new Date(since).toISOString(), limit: outcomes_max } },
            signal,
          }),
        )
      ).items,
  });
