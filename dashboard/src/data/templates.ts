import { queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { ifMatch, versionedOf, type Versioned } from '@/lib/api/versioned';
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

/** With the version that a save must name. */
export const readTemplate = (id: string, signal?: AbortSignal): Promise<Versioned<Template>> =>
  versionedOf(api.GET('/templates/{id}', { params: { path: { id } }, signal, cache: 'no-store' }));

export const templateQuery = (id: string) =>
  queryOptions({ queryKey: [...queryKeys.templates, id], queryFn: ({ signal }) => readTemplate(id, signal) });

/** 412 where somebody changed it since `etag`. */
export const changeTemplate = (
  id: string,
  etag: string,
  body: Schemas['update_template_request'],
): Promise<Versioned<Template>> =>
  versionedOf(api.PATCH('/templates/{id}', { params: { path: { id }, header: ifMatch(etag) }, body }));
