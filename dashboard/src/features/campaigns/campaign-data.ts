import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import type { Campaign } from '@/data/campaigns';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { campaignsStrings as words } from '@strings/campaigns';

export type Command = 'activate' | 'pause' | 'complete';

const said = { activate: words.activated, pause: words.paused, complete: words.completed };

export const useCampaignCommands = () => {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [queryKeys.campaigns, queryKeys.rules, queryKeys.calendar].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const make = useMutation({
    mutationFn: (body: Schemas['create_campaign_request']) =>
      sendOnce('campaign', body, (header) => dataOf(api.POST('/campaigns', { body, params: { header } }))),
    onSuccess: (made) => toast(words.made(made.name)),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ id, body }: { id: string; body: Schemas['update_campaign_request'] }) =>
      dataOf(api.PATCH('/campaigns/{id}', { params: { path: { id } }, body })),
    onSuccess: () => toast(words.saved),
    onSettled,
  });
  const command = useMutation({
    mutationFn: ({ of, what }: { of: Campaign; what: Command }) => {
      const params = { params: { path: { id: of.id } } };
      if (what === 'activate') return dataOf(api.POST('/campaigns/{id}/activate', params));
      if (what === 'pause') return dataOf(api.POST('/campaigns/{id}/pause', params));
      return dataOf(api.POST('/campaigns/{id}/complete', params));
    },
    onSuccess: (_, { of, what }) => toast(said[what](of.name)),
    onError: toastError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (of: Campaign) => {
      await dataOf(api.DELETE('/campaigns/{id}', { params: { path: { id: of.id } } }));
    },
    onSuccess: (_, of) => toast(words.removed(of.name)),
    onError: toastError,
    onSettled,
  });
  return { make, change, command, remove };
};
