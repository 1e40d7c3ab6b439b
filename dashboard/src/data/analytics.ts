import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Summary = Schemas['publishing_summary'];
export type PlatformFigures = Schemas['platform_figures'];
export type Reactions = Schemas['reactions_summary'];
export type DayFigures = Schemas['day_figures'];

export const ranges = ['7d', '30d', '90d'] as const;
export type Range = (typeof ranges)[number];

export type Asked = { projectId: string; range: Range; channelId?: string };

/** The server caches its figures for this long, so asking more often is useless. */
const still_ms = 45_000;

const queryOf = ({ projectId, range, channelId }: Asked) => ({
  project_id: projectId,
  range,
  channel_id: channelId,
});

export const summaryQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...queryKeys.analytics, 'summary', asked.projectId, asked.range, asked.channelId ?? 'all'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/analytics/publishing-summary', { params: { query: queryOf(asked) }, signal })),
    staleTime: still_ms,
    refetchInterval: still_ms,
    placeholderData: keepPreviousData,
    meta: { still: true },
  });

export const timeseriesQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...queryKeys.analytics, 'timeseries', asked.projectId, asked.range, asked.channelId ?? 'all'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/analytics/publishing-timeseries', { params: { query: queryOf(asked) }, signal })),
    staleTime: still_ms,
    refetchInterval: still_ms,
    placeholderData: keepPreviousData,
    meta: { still: true },
  });

export const reactionsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...queryKeys.analytics, 'reactions', asked.projectId, asked.range, asked.channelId ?? 'all'],
    queryFn: ({ signal }) => dataOf(api.GET('/analytics/reactions', { params: { query: queryOf(asked) }, signal })),
    staleTime: still_ms,
    placeholderData: keepPreviousData,
    meta: { still: true },
  });

/** All outcomes as CSV, with the server's file name. */
export const exportOutcomes = async (asked: Asked): Promise<{ file: Blob; name: string }> => {
  const answer = api.GET('/analytics/publishing-export', { params: { query: queryOf(asked) }, parseAs: 'blob' });
  const file = (await dataOf(answer)) as unknown as Blob;
  const said = (await answer).response.headers.get('content-disposition') ?? '';
  return { file, name: /filename="([^"]+)"/.exec(said)?.[1] ?? 'outcomes.csv' };
};
