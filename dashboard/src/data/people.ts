import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Permission = Schemas['permission'];
export type Role = Schemas['role'];
export type Account = Schemas['account'];

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => dataOf(api.GET('/auth/me', { signal })),
  staleTime: 60_000,
});

export const useMe = () => useQuery(meQuery).data;

/** Whether my role includes the permission; false while unknown. */
export const useMay = (needed: Permission): boolean => useMe()?.permissions.includes(needed) ?? false;
