/** The ways to sign in on this installation. */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import { queryKeys } from './keys';

export const signInMethodsQuery = queryOptions({
  queryKey: queryKeys.signInMethods,
  queryFn: ({ signal }) => dataOf(api.GET('/auth/methods', { signal })),
  staleTime: Infinity,
});

export const passkeysQuery = queryOptions({
  queryKey: queryKeys.passkeys,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/auth/passkeys', { signal }))).items,
});

export const identitiesQuery = queryOptions({
  queryKey: queryKeys.identities,
  queryFn: ({ signal }) => dataOf(api.GET('/auth/identities', { signal })),
});
