import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';

export type Entry = Schemas['audit_entry'];
export type Head = Schemas['exported_head'];
export type Verdict = Schemas['verdict'];
export type Filters = {
  actor?: string;
  outcome?: string;
  range?: string;
  action?: string;
  subject?: string;
  request?: string;
};

const page_rows = 50;
const hour_ms = 3_600_000;
const ranges_hours: Record<string, number> = { '1d': 24, '7d': 168, '30d': 720 };

/** The filters in the API's form. A range begins on a full minute, so that the next page has the same filters. */
export const toQuery = (filters: Filters, now: number) => {
  const hours = ranges_hours[filters.range ?? ''];
  const since = hours ? new Date(Math.floor((now - hours * hour_ms) / 60_000) * 60_000).toISOString() : undefined;
  return {
    ...(filters.actor ? { actor_id: filters.actor } : {}),
    ...(filters.subject ? { subject_id: filters.subject } : {}),
    ...(filters.action ? { action: filters.action } : {}),
    ...(filters.request ? { request_id: filters.request } : {}),
    ...(filters.outcome === 'done' || filters.outcome === 'refused'
      ? { outcome: filters.outcome as Schemas['audit_outcome'] }
      : {}),
    ...(since ? { since } : {}),
  };
};

export const entriesQuery = (filters: Filters, now: () => number) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.audit, 'list', filters],
    initialPageParam: undefined as { cursor: string; query: ReturnType<typeof toQuery> } | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam?.query ?? toQuery(filters, now());
      const page = await dataOf(
        api.GET('/audit', { params: { query: { ...query, limit: page_rows, cursor: pageParam?.cursor } }, signal }),
      );
      return { ...page, query };
    },
    getNextPageParam: (last) => (last.next_cursor ? { cursor: last.next_cursor, query: last.query } : undefined),
  });

/** None while the chain is empty. */
export const headQuery = queryOptions({
  queryKey: [...queryKeys.audit, 'head'],
  queryFn: async ({ signal }) => {
    const { data, error, response } = await api.GET('/audit/head', { signal });
    if (response.status === 404) return null;
    return dataOf(Promise.resolve({ data, error, response }));
  },
});

export const summaryQuery = queryOptions({
  queryKey: [...queryKeys.audit, 'summary'],
  queryFn: ({ signal }) => dataOf(api.GET('/audit/analytics/summary', { signal })),
  staleTime: 60_000,
});

export const verifyChain = (head?: Head): Promise<Verdict> =>
  dataOf(api.POST('/audit/verify', { body: head ? { head } : {} }));

export const exportEntries = async (filters: Filters, now: number): Promise<{ file: Blob; name: string }> => {
  const answer = api.GET('/audit/export', { params: { query: toQuery(filters, now) }, parseAs: 'blob' });
  const file = (await dataOf(answer)) as unknown as Blob;
  return { file, name: 'audit.csv' };
};
