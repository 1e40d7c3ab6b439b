/** The guardrails' verdicts on people's schedules, and what they held back. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/problem';
import { queryKeys } from './keys';

export type HeldBack = Schemas['guardrails_held'];

/** A person's answer to the guardrails: accept their time, or give a reason to override. */
export type Wish = { takesOtherTime?: boolean; reason?: string };

export const wishBody = (wish?: Wish): { takes_other_time?: boolean; override_reason?: string } => ({
  ...(wish?.takesOtherTime ? { takes_other_time: true } : {}),
  ...(wish?.reason ? { override_reason: wish.reason } : {}),
});

export type Held = { sentences: string; otherTime?: string };

/** The guardrails' sentences, if they were the ones who refused. */
export const heldOf = (error: unknown): Held | undefined => {
  if (!error) return undefined;
  const { code, message, otherTime } = asProblem(error);
  if (!code.startsWith('guardrails_')) return undefined;
  return { sentences: message, ...(otherTime ? { otherTime } : {}) };
};

/** The guardrails' verdict on a text at a time. Never refetched automatically. */
export const guardrailCheckQuery = (projectId: string, body: Schemas['check_guardrails_request']) =>
  queryOptions({
    queryKey: [...queryKeys.guardrails, projectId, 'check', body],
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    gcTime: 60_000,
    meta: { still: true },
    queryFn: ({ signal }) =>
      dataOf(api.POST('/projects/{id}/guardrails/check', { params: { path: { id: projectId } }, body, signal })),
  });

export const heldBackQuery = (projectId: string, days: number) =>
  queryOptions({
    queryKey: [...queryKeys.guardrails, projectId, 'held', days],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/projects/{id}/guardrails/held', {
          params: { path: { id: projectId }, query: { days } },
          signal,
        }),
      ),
  });
