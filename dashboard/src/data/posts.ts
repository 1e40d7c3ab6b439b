import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { wishBody, type Wish } from './guardrails';
import { queryKeys } from './keys';

export type Post = Schemas['post'];
export type Explanation = Schemas['post_explanation'];

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.post(id),
    queryFn: ({ signal }) => dataOf(api.GET('/posts/{id}', { params: { path: { id } }, signal })),
  });

export const explanationQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.explanation(id),
    queryFn: ({ signal }) => dataOf(api.GET('/posts/{id}/explain', { params: { path: { id } }, signal })),
  });

const at = (id: string) => ({ params: { path: { id } } });

export const schedulePost = (id: string, scheduledAt: string, wish?: Wish): Promise<Post> =>
  dataOf(api.POST('/posts/{id}/schedule', { ...at(id), body: { scheduled_at: scheduledAt, ...wishBody(wish) } }));
export const publishPostNow = (id: string, reason?: string): Promise<Post> =>
  dataOf(api.POST('/posts/{id}/publish-now', { ...at(id), ...(reason ? { body: { override_reason: reason } } : {}) }));
export const cancelPost = (id: string): Promise<Schemas['cancelled_post']> =>
  dataOf(api.POST('/posts/{id}/cancel', at(id)));
export const retryPost = (id: string): Promise<Post> => dataOf(api.POST('/posts/{id}/retry', at(id)));
export const deletePost = async (id: string): Promise<void> => {
  await dataOf(api.DELETE('/posts/{id}', at(id)));
};

/** A post's title, or a substitute for it. */
export const titleOf = (of: { title: string; text?: string }): string => {
  if (of.title.trim()) return of.title;
  const line = (of.text ?? '').trim().split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

const recent_max = 100;

/** The newest posts, for finding one by its name. */
export const recentPostsQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.posts, 'recent', projectId ?? 'all'],
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/posts', { params: { query: { limit: recent_max, project_id: projectId } }, signal })))
        .items,
    staleTime: 15_000,
  });
