/** The company's people, its teams, and the permissions of its roles. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';
import { useMe, type Role } from './people';

export type Person = Schemas['person'];
export type Team = Schemas['team'];
export type Invite = Schemas['invite'];

/** From most to least. */
export const roles: readonly Role[] = ['owner', 'admin', 'team_leader', 'member', 'analyst'];

export const membersQuery = queryOptions({
  queryKey: queryKeys.members,
  queryFn: ({ signal }) =>
    allPages((cursor) => dataOf(api.GET('/org/members', { params: { query: { limit: 100, cursor } }, signal })), 5000),
  staleTime: 30_000,
});

export const teamsQuery = queryOptions({
  queryKey: queryKeys.teams,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/org/teams', { signal }))).items,
  staleTime: 30_000,
});

const asked_max = 3;

/** Whom to ask about a missing permission: owners first, then admins, a few of each; or of these roles alone. */
export const whomToAsk = (
  people: readonly Person[],
  ownId: string,
  of: readonly Role[] = ['owner', 'admin'],
): string[] =>
  of
    .flatMap((role) => people.filter((each) => each.role === role))
    .filter((each) => each.is_active && each.id !== ownId)
    .slice(0, asked_max)
    .map((each) => each.full_name);

export const useWhomToAsk = (of?: readonly Role[]): string[] => {
  const { data = [] } = useQuery(membersQuery);
  return whomToAsk(data, useMe()?.member.id ?? '', of);
};
