/** The webhook of a website channel to a site of the company's own. */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type OwnSite = Schemas['site_hook'];

const at = (channelId: string) => ({ params: { path: { id: channelId } } });

/** Null if there is none. */
export const ownSiteQuery = (channelId: string) =>
  queryOptions({
    queryKey: queryKeys.ownSite(channelId),
    queryFn: async ({ signal }): Promise<OwnSite | null> =>
      (await dataOf(api.GET('/channels/{id}/webhook', { ...at(channelId), signal }))).webhook,
    // Whether a message has arrived is known a moment later.
    refetchInterval: (query) => (query.state.data?.waiting ? 1500 : false),
  });

export const setOwnSite = (channelId: string, address: string) =>
  dataOf(api.PUT('/channels/{id}/webhook', { ...at(channelId), body: { address } }));

export const testOwnSite = (channelId: string) => dataOf(api.POST('/channels/{id}/webhook/test', at(channelId)));

export const removeOwnSite = (channelId: string) => dataOf(api.DELETE('/channels/{id}/webhook', at(channelId)));
