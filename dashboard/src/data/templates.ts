import { queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Template = Schemas['content_template'];

/** Newest first, each in its latest version. */
export const templatesQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.templates, 'list', projectId ?? 'all'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(api.GET('/templates', { params: { query: { limit: 100, cursor, project_id: projectId } }, signal })),
      ),
  });

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.templates, id],
    queryFn: ({ signal }) => dataOf(api.GET('/templates/{id}', { params: { path: { id } }, signal })),
  });
