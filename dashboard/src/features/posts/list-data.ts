import { infiniteQueryOptions, keepPreviousData, queryOptions, type InfiniteData } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { wordOf, type Sort } from './sort';

type Group = Schemas['post_group'];
export type Tab = 'all' | Group;
export const tabs: Tab[] = ['all', 'scheduled', 'needs_attention', 'trouble', 'draft', 'published', 'cancelled'];

type Filter = { projectId?: string; tab: Tab; q?: string; channelId?: string; sort: Sort };

const page_size = 100;

type PostPage = Schemas['post_page'];

export const postsListQuery = ({ projectId, tab, q, channelId, sort }: Filter) =>
  infiniteQueryOptions<
    PostPage,
    Error,
    InfiniteData<PostPage, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [...queryKeys.posts, 'list', projectId ?? 'all', tab, q ?? '', channelId ?? '', sort],
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/posts', {
          params: {
            query: {
              limit: page_size,
              cursor: pageParam,
              project_id: projectId,
              group: tab === 'all' ? undefined : tab,
              q: q?.trim() || undefined,
              channel_id: channelId || undefined,
              sort: wordOf(sort),
            },
          },
          signal,
        }),
      ),
  });

export const postCountsQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.posts, 'counts', projectId ?? 'all'],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => dataOf(api.GET('/posts/counts', { params: { query: { project_id: projectId } }, signal })),
  });

/** How many posts a tab holds. */
export const countOf = (tab: Tab, counts: Schemas['post_counts']): number => {
  switch (tab) {
    case 'all':
      return (
        counts.draft +
        counts.scheduled +
        counts.publishing +
        counts.published +
        counts.published_partial +
        counts.failed +
        counts.needs_attention +
        counts.missed +
        counts.cancelled
      );
    case 'scheduled':
      return counts.scheduled + counts.publishing;
    case 'needs_attention':
      return counts.needs_attention;
    case 'trouble':
      return counts.failed + counts.published_partial + counts.missed;
    case 'draft':
      return counts.draft;
    case 'published':
      return counts.published;
    case 'cancelled':
      return counts.cancelled;
  }
};
