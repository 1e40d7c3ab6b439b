/** Commands on members, teams and invitations, and the data to refetch afterwards. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { isToConfirm } from '@/components/confirm-identity';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import type { Person, Team } from '@/data/members';
import type { Role } from '@/data/people';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { peopleStrings as words } from '@strings/people';

export const invitesQuery = queryOptions({
  queryKey: queryKeys.invites,
  queryFn: ({ signal }) =>
    allPages((cursor) => dataOf(api.GET('/org/invites', { params: { query: { limit: 100, cursor } }, signal }))),
});

const at = (id: string) => ({ params: { path: { id } } });

const useSettled = () => {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [queryKeys.members, queryKeys.teams, queryKeys.invites].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
};

export const useMemberCommands = () => {
  const onSettled = useSettled();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: async ({ person, role, teamId }: { person: Person; role: Role; teamId: string | null }) => {
      if (role !== person.role) await dataOf(api.PUT('/users/role', { body: { user_id: person.id, role } }));
      if (teamId !== person.team_id)
        await dataOf(
          api.PUT('/org/teams/members/{user_id}/team', {
            params: { path: { user_id: person.id } },
            body: { team_id: teamId },
          }),
        );
    },
    onSuccess: (_, { person }) => toast(words.changed(person.full_name)),
    onSettled,
  });
  const reactivate = useMutation({
    mutationFn: (person: Person) => dataOf(api.POST('/org/members/{id}/reactivate', at(person.id))),
    onSuccess: (_, person) => toast(words.reactivated(person.full_name)),
    onError: toastError,
    onSettled,
  });
  const deactivate = useMutation({
    mutationFn: ({ person, successorId }: { person: Person; successorId?: string }) =>
      dataOf(
        api.DELETE('/org/members/{id}', {
          params: { path: { id: person.id }, query: successorId ? { successor_id: successorId } : {} },
        }),
      ),
    onSuccess: (_, { person }) => toast(words.deactivated(person.full_name), { undo: () => reactivate.mutate(person) }),
    onError: toastError,
    onSettled,
  });
  const handOver = useMutation({
    mutationFn: (person: Person) => dataOf(api.POST('/org/owner', { body: { user_id: person.id } })),
    onSuccess: (_, person) => toast(words.owned(person.full_name)),
    onError: toastError,
    onSettled: () => Promise.all([onSettled(), client.invalidateQueries({ queryKey: queryKeys.me })]),
  });
  const erase = useMutation({
    mutationFn: (person: Person) => dataOf(api.POST('/org/members/{id}/erase', at(person.id))),
    onSuccess: (_, person) => toast(words.erasedNow(person.full_name)),
    onError: toastError,
    onSettled,
  });
  const resetFactor = useMutation({
    mutationFn: (person: Person) => dataOf(api.DELETE('/org/members/{id}/second-factor', at(person.id))),
    onSuccess: (_, person) => toast(words.factorReset(person.full_name)),
    onError: (error) => !isToConfirm(error) && toastError(error),
    onSettled,
  });
  return { change, deactivate, reactivate, handOver, erase, resetFactor };
};

export const useTeamCommands = () => {
  const onSettled = useSettled();
  const make = useMutation({
    mutationFn: (name: string) =>
      sendOnce('team', name, (header) => dataOf(api.POST('/org/teams', { body: { name }, params: { header } }))),
    onSuccess: (team) => toast(words.teamMade(team.name)),
    onSettled,
  });
  const rename = useMutation({
    mutationFn: ({ team, name }: { team: Team; name: string }) =>
      dataOf(api.PUT('/org/teams/{id}', { ...at(team.id), body: { name } })),
    onSuccess: () => toast(words.renamed),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (team: Team) => dataOf(api.DELETE('/org/teams/{id}', at(team.id))),
    onSuccess: (_, team) => toast(words.teamRemoved(team.name)),
    onError: toastError,
    onSettled,
  });
  return { make, rename, remove };
};

export const useInviteCommands = () => {
  const onSettled = useSettled();
  const make = useMutation({
    mutationFn: (body: Schemas['invitation']) => dataOf(api.POST('/org/invites', { body })),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => dataOf(api.DELETE('/org/invites/{id}', at(id))),
    onSuccess: () => toast(words.revoked),
    onError: toastError,
    onSettled,
  });
  const importTable = useMutation({
    mutationFn: (content: string) =>
      dataOf(api.POST('/org/invites/import', { body: { content, on_bad_rows: 'leave_out' } })),
    onSettled,
  });
  return { make, revoke, importTable };
};
