import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import type { Post } from '@/data/posts';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { toProblem } from '@/lib/problem';

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

export type Versioned = { post: Post; etag: string };

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

export const readVersioned = async (id: string, signal?: AbortSignal): Promise<Versioned> => {
  const { data, error, response } = await api.GET('/posts/{id}', {
    params: { path: { id } },
    signal,
    cache: 'no-store',
  });
  if (!data) throw toProblem(response, error);
  return { post: data, etag: response.headers.get('etag') ?? '' };
};

/** 412 where somebody changed it since `etag`. */
export const updatePost = async (
  id: string,
  etag: string,
  body: Schemas['update_post_request'],
): Promise<Versioned> => {
  const { data, error, response } = await api.PATCH('/posts/{id}', {
    params: { path: { id }, header: etag ? { 'If-Match': etag } : {} },
    body,
  });
  if (!data) throw toProblem(response, error);
  return { post: data, etag: response.headers.get('etag') ?? '' };
};
