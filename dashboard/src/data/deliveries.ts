import { queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Delivery = Schemas['delivery'];
export type DecidableDelivery = Schemas['decidable_delivery'];
export type Decision = Schemas['delivery_decision'];

/** The deliveries that wait for a person's decision. */
export const needsYouQuery = (projectId?: string) =>
  queryOptions({
    queryKey: queryKeys.needsYou(projectId),
    queryFn: ({ signal }) =>
      allPages(
        (cursor) =>
          dataOf(
            api.GET('/deliveries', {
              params: { query: { needs_decision: true, limit: 100, cursor, project_id: projectId } },
              signal,
            }),
          ),
        200,
      ),
  });

export const resolveDelivery = (id: string, body: Schemas['resolve_delivery_request']): Promise<DecidableDelivery> =>
  dataOf(api.POST('/deliveries/{id}/resolve', { params: { path: { id } }, body }));

/** A post's deliveries, each with the decisions that a person may take now. */
export const deliveriesOfPostQuery = (postId: string) =>
  queryOptions({
    queryKey: [...queryKeys.post(postId), 'deliveries'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(api.GET('/deliveries', { params: { query: { post_id: postId, limit: 100, cursor } }, signal })),
      ),
  });
