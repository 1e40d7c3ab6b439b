/** The company's events, newest first. The live module adds new ones while the stream is open. */
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { apiBase } from '@/config/env';
import { authorised } from '@/lib/api/client';
import { toProblem } from '@/lib/problem';
import { queryKeys } from './keys';

export type Activity = {
  /** Grows with every event. */
  id: number;
  at: string;
  type: string;
  message: string;
  project_id: string | null;
  post_id: string | null;
  delivery_id: string | null;
  channel_id: string | null;
  by: { id: string; name: string } | null;
  metadata_json: Record<string, unknown>;
};

const kept_max = 300;
const read_max = 100;
const keyOf = (projectId: string | undefined) => [...queryKeys.activity, projectId ?? 'all'] as const;

/** A server without the stream has no events; that is not an error. */
const readActivity = async (projectId: string | undefined, signal?: AbortSignal): Promise<Activity[]> => {
  const query = new URLSearchParams({ limit: String(read_max), ...(projectId ? { project_id: projectId } : {}) });
  const response = await authorised(new Request(`${apiBase}/analytics/activity-stream?${query}`, { signal }));
  if (response.status === 404) return [];
  const body: unknown = await response.json();
  if (!response.ok) throw toProblem(response, body);
  return (body as { items: Activity[] }).items;
};

export const activityQuery = (projectId?: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) => readActivity(projectId, signal),
    staleTime: 30_000,
  });

/** Adds new events in order before the known ones: each once, in one update. */
export const addActivity = (client: QueryClient, events: Activity[]): void => {
  for (const [key] of client.getQueriesData<Activity[]>({ queryKey: queryKeys.activity })) {
    const projectId = key.at(-1);
    const mine = events.filter(
      (each) => projectId === 'all' || each.project_id === null || each.project_id === projectId,
    );
    if (mine.length === 0) continue;
    client.setQueryData<Activity[]>(key, (known = []) => {
      const ids = new Set(known.map((each) => each.id));
      const fresh = mine.filter((each) => !ids.has(each.id)).reverse();
      return fresh.length ? [...fresh, ...known].slice(0, kept_max) : known;
    });
  }
};

const wantsPerson = /Unconfirmed|Failed|LatenessAsked|Missed|Degraded/;

/** Whether an event needs attention: it waits for a person, or something failed. */
export const concernsMe = (of: Activity): boolean => wantsPerson.test(of.type);
