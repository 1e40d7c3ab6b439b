import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import type { Post } from '@/data/posts';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { ifMatch, versionedOf, type Versioned } from '@/lib/api/versioned';

export type PlatformCheck = Schemas['platform_check'];

/** The platforms' findings about the text, by the server's own rules. */
export const checkQuery = (request: Schemas['check_post_request']) =>
  queryOptions({
    queryKey: ['post-check', request],
    placeholderData: keepPreviousData,
    enabled: request.platforms.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    meta: { still: true },
    queryFn: ({ signal }) => dataOf(api.POST('/posts/check', { body: request, signal })),
  });

/** A post with the version that an edit must name. Never refetched automatically during an edit. */
export const versionedPostQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.post(id), 'versioned'],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    meta: { still: true },
    queryFn: ({ signal }) => readVersioned(id, signal),
  });

export const readVersioned = (id: string, signal?: AbortSignal): Promise<Versioned<Post>> =>
  versionedOf(api.GET('/posts/{id}', { params: { path: { id } }, signal, cache: 'no-store' }));

/** 412 where somebody changed it since `etag`. */
export const updatePost = (id: string, etag: string, body: Schemas['update_post_request']): Promise<Versioned<Post>> =>
  versionedOf(api.PATCH('/posts/{id}', { params: { path: { id }, header: ifMatch(etag) }, body }));
