import { queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Campaign = Schemas['campaign'];
export type CampaignState = Schemas['campaign_state'];

/** Newest first. */
export const campaignsQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.campaigns, 'list', projectId ?? 'all'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(api.GET('/campaigns', { params: { query: { limit: 100, cursor, project_id: projectId } }, signal })),
      ),
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.campaigns, id],
    queryFn: ({ signal }) => dataOf(api.GET('/campaigns/{id}', { params: { path: { id } }, signal })),
  });

export const campaignSummaryQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.campaigns, id, 'summary'],
    queryFn: ({ signal }) => dataOf(api.GET('/campaigns/{id}/summary', { params: { path: { id } }, signal })),
  });
