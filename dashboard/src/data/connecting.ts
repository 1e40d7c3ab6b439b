/**
 * Connecting accounts in the browser: a provider's page asks for consent, and may bring accounts of several platforms.
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import type { ChannelType } from './channels';
import { queryKeys } from './keys';

export type Provider = 'x' | 'linkedin' | 'meta' | 'threads' | 'pinterest' | 'tiktok' | 'mastodon' | 'bluesky';
/**
 * How a provider is connected: on its own page, on the page of a server that the person names, or with a name and an
 * app password.
 */
type Way = 'page' | 'instance' | 'password';
export type ProviderAccount = Schemas['provider_account'];

const providers: Record<ChannelType, Provider | undefined> = {
  website: undefined,
  x: 'x',
  linkedin: 'linkedin',
  facebook: 'meta',
  instagram: 'meta',
  threads: 'threads',
  pinterest: 'pinterest',
  tiktok: 'tiktok',
  mastodon: 'mastodon',
  bluesky: 'bluesky',
};

export const providerOf = (type: ChannelType): Provider | undefined => providers[type];

export const wayOf = (provider: Provider): Way =>
  provider === 'mastodon' ? 'instance' : provider === 'bluesky' ? 'password' : 'page';

export const isProvider = (value: string | undefined): value is Provider =>
  value !== undefined && Object.values(providers).includes(value as Provider);

type Query = { params: { query: { project_id?: string } } };
type PageProvider = Exclude<Provider, 'mastodon' | 'bluesky'>;

const starts: Record<PageProvider, (query: Query) => Promise<Schemas['oauth_start']>> = {
  x: (query) => dataOf(api.GET('/channels/x/oauth/start', query)),
  linkedin: (query) => dataOf(api.GET('/channels/linkedin/oauth/start', query)),
  meta: (query) => dataOf(api.GET('/channels/meta/oauth/start', query)),
  threads: (query) => dataOf(api.GET('/channels/threads/oauth/start', query)),
  pinterest: (query) => dataOf(api.GET('/channels/pinterest/oauth/start', query)),
  tiktok: (query) => dataOf(api.GET('/channels/tiktok/oauth/start', query)),
};

/** Opens the provider's own page, which returns to the channels. With a single account its channel is made at once. */
export const leaveForProvider = async (provider: PageProvider, projectId: string) => {
  const { authorization_url: url } = await starts[provider]({ params: { query: { project_id: projectId } } });
  window.location.assign(url);
};

/** The same for the page of a server that the person names. */
export const leaveForInstance = async (instance: string, projectId: string) => {
  const query = { instance, project_id: projectId };
  const { authorization_url: url } = await dataOf(api.GET('/channels/mastodon/oauth/start', { params: { query } }));
  window.location.assign(url);
};

/** Connects with a name and an app password; the account's channel is made at once. */
export const signIn = (projectId: string, identifier: string, appPassword: string) =>
  dataOf(
    api.POST('/channels/bluesky/connect', {
      body: { identifier, app_password: appPassword, project_id: projectId },
    }),
  );

const connections: Record<Provider, () => Promise<Schemas['provider_connections']>> = {
  x: () => dataOf(api.GET('/channels/x/connections')),
  linkedin: () => dataOf(api.GET('/channels/linkedin/connections')),
  meta: () => dataOf(api.GET('/channels/meta/connections')),
  threads: () => dataOf(api.GET('/channels/threads/connections')),
  pinterest: () => dataOf(api.GET('/channels/pinterest/connections')),
  tiktok: () => dataOf(api.GET('/channels/tiktok/connections')),
  mastodon: () => dataOf(api.GET('/channels/mastodon/connections')),
  bluesky: () => dataOf(api.GET('/channels/bluesky/connections')),
};

export const connectionsQuery = (provider: Provider) =>
  queryOptions({ queryKey: queryKeys.connections(provider), queryFn: () => connections[provider]() });
