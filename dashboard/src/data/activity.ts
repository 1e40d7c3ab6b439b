/** What happens in the company, newest first. The live module adds to it while the stream is open. */
import { queryOptions } from '@tanstack/react-query';
import { queryKeys } from './keys';

export type Activity = {
  /** Grows with every event. */
  id: string;
  at: string;
  type: string;
  message: string;
  project_id: string | null;
  post_id: string | null;
  post_title: string | null;
  delivery_id: string | null;
  channel_id: string | null;
  member_id: string | null;
  facts: Record<string, unknown>;
};

export const activityKept_max = 300;

export const readActivity = async (_projectId: string | undefined, _signal?: AbortSignal): Promise<Activity[]> => [];

export const activityQuery = (projectId?: string) =>
  queryOptions({
    queryKey: [...queryKeys.activity, projectId ?? 'all'],
    queryFn: ({ signal }) => readActivity(projectId, signal),
  });

const wantsPerson = /Unconfirmed|Failed|Refused|Asked|Missed|Degraded|Disabled|AuthFailed/;

/** Whether it is worth a person's notice: it waits for somebody, or went wrong. */
export const concernsMe = (of: Activity, _memberId: string | undefined): boolean => wantsPerson.test(of.type);
