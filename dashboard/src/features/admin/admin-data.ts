import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';

export type Company = Schemas['organization'];

const page_rows = 50;

export const companiesQuery = infiniteQueryOptions({
  queryKey: [...queryKeys.organizations, 'list'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam: cursor, signal }) =>
    dataOf(api.GET('/admin/orgs', { params: { query: { limit: page_rows, cursor } }, signal })),
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

export const statsQuery = queryOptions({
  queryKey: [...queryKeys.organizations, 'stats'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/stats', { signal })),
});

export const storageQuery = queryOptions({
  queryKey: [...queryKeys.organizations, 'media-storage'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/media-storage', { signal })),
});

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.organizations, id],
    queryFn: ({ signal }) => dataOf(api.GET('/admin/orgs/{id}', { params: { path: { id } }, signal })),
  });
