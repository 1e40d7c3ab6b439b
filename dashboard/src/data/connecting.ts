/** Accounts that are connected by clicking: a provider is where people allow it, and may bring accounts of several platforms. */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import type { ChannelType } from './channels';
import { queryKeys } from './keys';

export type Provider = 'x' | 'linkedin' | 'meta' | 'threads' | 'pinterest';
export type ProviderAccount = Schemas['provider_account'];

const providers: Record<ChannelType, Provider | undefined> = {
  website: undefined,
  x: 'x',
  linkedin: 'linkedin',
  facebook: 'meta',
  instagram: 'meta',
  threads: 'threads',
  pinterest: 'pinterest',
};

export const providerOf = (type: ChannelType): Provider | undefined => providers[type];

export const isProvider = (value: string | undefined): value is Provider =>
  value !== undefined && Object.values(providers).includes(value as Provider);

type Query = { params: { query: { project_id?: string } } };

const starts: Record<Provider, (query: Query) => Promise<Schemas['oauth_start']>> = {
  x: (query) => dataOf(api.GET('/channels/x/oauth/start', query)),
  linkedin: (query) => dataOf(api.GET('/channels/linkedin/oauth/start', query)),
  meta: (query) => dataOf(api.GET('/channels/meta/oauth/start', query)),
  threads: (query) => dataOf(api.GET('/channels/threads/oauth/start', query)),
  pinterest: (query) => dataOf(api.GET('/channels/pinterest/oauth/start', query)),
};

/** Leaves for the provider's own page; it leads back to the channels. With one account its channel is made at once. */
export const leaveForProvider = async (provider: Provider, projectId: string) => {
  const { authorization_url: url } = await starts[provider]({ params: { query: { project_id: projectId } } });
  window.location.assign(url);
};

const connections: Record<Provider, () => Promise<Schemas['provider_connections']>> = {
  x: () => dataOf(api.GET('/channels/x/connections')),
  linkedin: () => dataOf(api.GET('/channels/linkedin/connections')),
  meta: () => dataOf(api.GET('/channels/meta/connections')),
  threads: () => dataOf(api.GET('/channels/threads/connections')),
  pinterest: () => dataOf(api.GET('/channels/pinterest/connections')),
};

export const connectionsQuery = (provider: Provider) =>
  queryOptions({ queryKey: queryKeys.connections(provider), queryFn: () => connections[provider]() });
