/** How much room the company's pictures and films take. Where they are kept is the operator's business. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Gauge } from '@/components/gauge';
import { Loaded } from '@/components/states';
import { queryKeys } from '@/data/keys';
import { api, dataOf } from '@/lib/api/client';
import { sizeOf } from '@strings/media';
import { settingsStrings as words } from '@strings/website';

const spaceQuery = queryOptions({
  queryKey: queryKeys.mediaSpace,
  queryFn: ({ signal }) => dataOf(api.GET('/media/space', { signal })),
});

export const MediaSpace = () => (
  <Loaded query={useQuery(spaceQuery)} what={words.mediaSpace} rows={2}>
    {(space) => (
      <div className="flex max-w-lg flex-col gap-2" data-media-space={space.kept}>
        <p className="text-secondary">{words.mediaKept[space.kept]}</p>
        <Gauge used={space.used_bytes} limit={space.allowed_bytes} label={words.mediaSpace} />
        <p className="text-meta text-muted tabular">
          {words.mediaUsed(sizeOf(space.used_bytes), sizeOf(space.allowed_bytes), sizeOf(space.file_bytes_max))}
        </p>
      </div>
    )}
  </Loaded>
);
