/** The pictures and films of a project. */
import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query';
import { publicBase } from '@/config/env';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Medium = Schemas['media_item'];
export type MediaKind = Schemas['media_kind'];
type MediaPage = Schemas['media_item_page'];

const page_size = 48;
/** Signed addresses are valid for hours; they are renewed long before they expire. */
const fresh_ms = 600_000;

type MediaFilter = { q?: string; kind?: MediaKind };

export const libraryQuery = (projectId: string, { q, kind }: MediaFilter) =>
  infiniteQueryOptions<
    MediaPage,
    Error,
    InfiniteData<MediaPage, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [...queryKeys.media, projectId, q ?? '', kind ?? ''],
    initialPageParam: undefined,
    staleTime: fresh_ms,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/media', {
          params: {
            query: { project_id: projectId, limit: page_size, cursor: pageParam, q: q?.trim() || undefined, kind },
          },
          signal,
        }),
      ),
  });

const at = (id: string) => ({ params: { path: { id } } });

export const mediumQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.medium(id),
    staleTime: fresh_ms,
    queryFn: ({ signal }) => dataOf(api.GET('/media/{id}', { ...at(id), signal })),
  });

export const usesQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.medium(id), 'uses'],
    queryFn: async ({ signal }) => (await dataOf(api.GET('/media/{id}/uses', { ...at(id), signal }))).items,
  });

export const describeMedium = (id: string, body: Schemas['describe_media_request']): Promise<Medium> =>
  dataOf(api.PATCH('/media/{id}', { ...at(id), body }));

export const removeMedium = async (id: string): Promise<void> => {
  await dataOf(api.DELETE('/media/{id}', at(id)));
};

/** A file's signed address at this page's own origin, whatever public address the service has. */
export const addressHere = (url: string): string => {
  const path = url.indexOf('/media/files/');
  return path < 0 ? url : publicBase + url.slice(path);
};

/** Only still pictures can be cropped: animations and films would stop moving. */
export const canCrop = (of: Medium): boolean => of.kind === 'image' && !of.is_animated;

/** Whether an address is a file of the library, which this page may show. */
export const isOfLibrary = (url: string): boolean => url.includes('/media/files/');
