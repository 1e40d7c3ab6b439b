import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import { queryKeys } from './keys';

const readContent = (id: string, signal?: AbortSignal) =>
  dataOf(api.GET('/content/{id}', { params: { path: { id } }, signal }));
export type Content = Awaited<ReturnType<typeof readContent>>;
export type ContentState = Content['state'];

type Filter = { projectId?: string; campaignId?: string; state?: ContentState };

const listed_max = 100;

/** Newest first, at most a hundred. */
export const contentListQuery = ({ projectId, campaignId, state }: Filter) =>
  queryOptions({
    queryKey: [...queryKeys.content, 'list', projectId ?? 'all', campaignId ?? 'all', state ?? 'all'],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/content', {
          params: { query: { limit: listed_max, project_id: projectId, campaign_id: campaignId, status: state } },
          signal,
        }),
      ),
  });

export const contentCountsQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.content, 'counts', projectId ?? 'all'],
    queryFn: async ({ signal }) => {
      const { items } = await dataOf(
        api.GET('/content/counts', { params: { query: { project_id: projectId } }, signal }),
      );
      return new Map(items.map((each) => [each.state, each.items]));
    },
  });

export const contentQuery = (id: string) =>
  queryOptions({ queryKey: [...queryKeys.content, id], queryFn: ({ signal }) => readContent(id, signal) });

/** The approvers of its waiting step, and whether I am one. */
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.content, id, 'approval'],
    queryFn: ({ signal }) => dataOf(api.GET('/content/{id}/approval', { params: { path: { id } }, signal })),
  });

/** Its title, or the beginning of its text. */
export const contentTitle = (of: { title: string; text: string }): string => {
  const line = (of.title || of.text).trim().split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
};
