/** The permissions of the roles, as the server derives them from its routes: nothing here decides them. */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

/** A permission, its roles, and the calls that need it. */
export type Right = Schemas['described_permission'];

export const rolesQuery = queryOptions({
  queryKey: queryKeys.roles,
  queryFn: ({ signal }) => dataOf(api.GET('/roles', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
