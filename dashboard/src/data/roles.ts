/** What the roles may do, made by the server of its own routes: nothing here decides it. */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

/** A permission, whose it is, and the calls that it is needed for. */
export type Right = Schemas['described_permission'];

export const rolesQuery = queryOptions({
  queryKey: queryKeys.roles,
  queryFn: ({ signal }) => dataOf(api.GET('/roles', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
