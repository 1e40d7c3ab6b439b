import { queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Rule = Schemas['rule'];
export type Run = Schemas['run'];
export type RunState = Schemas['run_state'];

/** Newest first; of a project, a campaign, or all. */
export const rulesQuery = (projectId?: string, campaignId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.rules, 'list', projectId ?? 'all', campaignId ?? 'all'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(
          api.GET('/automation/rules', {
            params: { query: { limit: 100, cursor, project_id: projectId, campaign_id: campaignId } },
            signal,
          }),
        ),
      ),
  });

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.rules, id],
    queryFn: ({ signal }) => dataOf(api.GET('/automation/rules/{id}', { params: { path: { id } }, signal })),
  });
