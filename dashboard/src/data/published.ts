import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Published = Schemas['published_item'];
export type Measured = Schemas['measured'];

const under_way_ms = 3_000;

const isUnderWay = (each: Published) => each.change_state === 'waiting' || each.change_state === 'sending';

/** A post's publications and their possible actions; refetched while an action is under way. */
export const publishedQuery = (postId: string) =>
  queryOptions({
    queryKey: [...queryKeys.post(postId), 'published'],
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/posts/{id}/publications', { params: { path: { id: postId } }, signal }))).items,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? under_way_ms : false),
  });

/** Likes, comments, shares and views, as the platforms count them. */
export const metricsQuery = (postId: string) =>
  queryOptions({
    queryKey: [...queryKeys.post(postId), 'metrics'],
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/posts/{id}/metrics', { params: { path: { id: postId } }, signal }))).items,
    staleTime: 60_000,
  });

export const deleteEverywhere = (postId: string): Promise<Schemas['post_publications']> =>
  dataOf(api.DELETE('/posts/{id}', { params: { path: { id: postId }, query: { everywhere: true } } }));

export const editPublication = (deliveryId: string, text: string): Promise<Schemas['post_publications']> =>
  dataOf(api.POST('/deliveries/{id}/edit', { params: { path: { id: deliveryId } }, body: { text } }));

/** For a published post whose first comment was refused or withdrawn: sends the comment alone. */
export const sendCommentAgain = (deliveryId: string): Promise<Schemas['decidable_delivery']> =>
  dataOf(api.POST('/deliveries/{id}/retry', { params: { path: { id: deliveryId } } }));
