import { queryOptions, useQuery } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';
import { useProject } from './projects';

export type Channel = Schemas['channel'];
export type ChannelType = Schemas['channel_type'];
export type Connector = Schemas['available_connector'];

/** Of one project, or of all; oldest first, so that their order is stable. */
export const channelsQuery = (projectId?: string) =>
  queryOptions({
    queryKey: queryKeys.channels(projectId),
    queryFn: async ({ signal }) => {
      const found = await allPages((cursor) =>
        dataOf(api.GET('/channels', { params: { query: { limit: 100, cursor, project_id: projectId } }, signal })),
      );
      return found.reverse();
    },
  });

export const connectorsQuery = queryOptions({
  queryKey: queryKeys.connectors,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/connectors/available', { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The channels of the current project. */
export const useChannels = (): Channel[] => useQuery(channelsQuery(useProject()?.id)).data ?? [];
