import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type ChannelUsage = Schemas['channel_usage'];

/** How much of its budget each channel has used, and its next deliveries. */
export const usageQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.channels(projectId), 'usage'],
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/channels/usage', { params: { query: { project_id: projectId } }, signal }))).items,
  });
