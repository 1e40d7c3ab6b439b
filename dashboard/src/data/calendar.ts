import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Calendar = Schemas['calendar_answer'];
export type CalendarEntry = Schemas['calendar_entry'];
export type CalendarFeed = Schemas['calendar_feed'];
type CreatedCalendarFeed = Schemas['created_calendar_feed'];

const iso = (ms: number) => new Date(ms).toISOString();

/** A project's plans from `from` to before `to`, both in ms. */
export const calendarQuery = (projectId: string, from: number, to: number) =>
  queryOptions({
    queryKey: [...queryKeys.calendar, projectId, from, to],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/calendar', { params: { query: { project_id: projectId, from: iso(from), to: iso(to) } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const feedsQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...queryKeys.calendarFeeds, projectId],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(api.GET('/calendar/feeds', { params: { query: { project_id: projectId, cursor } }, signal })),
      ),
  });

export const createFeed = (projectId: string, name: string): Promise<CreatedCalendarFeed> =>
  dataOf(api.POST('/calendar/feeds', { body: { project_id: projectId, ...(name ? { name } : {}) } }));

export const revokeFeed = async (id: string): Promise<void> => {
  await dataOf(api.DELETE('/calendar/feeds/{id}', { params: { path: { id } } }));
};
