import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import type { Content } from '@/data/content';
import { queryKeys } from '@/data/keys';
import { allPages, api, dataOf } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { studioStrings as words } from '@strings/studio';
import type { WordsRequest } from './words-draft';

const at = (id: string) => ({ params: { path: { id } } });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.content, id, 'versions'],
    queryFn: async ({ signal }) => (await dataOf(api.GET('/content/{id}/versions', { ...at(id), signal }))).items,
  });

export const commentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.content, id, 'comments'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        dataOf(api.GET('/content/{id}/comments', { params: { path: { id }, query: { limit: 100, cursor } }, signal })),
      ),
  });

export const linksQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.content, id, 'links'],
    queryFn: async ({ signal }) => (await dataOf(api.GET('/content/{id}/review-links', { ...at(id), signal }))).items,
  });

/** The result of scheduling for a time, as a check. */
export const checkQuery = (id: string, time: number) =>
  queryOptions({
    queryKey: [...queryKeys.content, id, 'check', time],
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/content/{id}/check', {
          ...at(id),
          body: { scheduled_at: new Date(time).toISOString() },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });

export type Written = WordsRequest & {
  labels: string[];
  channel_ids: string[];
  campaign_id: string | null;
  template_id?: string;
  values?: Record<string, string>;
};

export const useContentCommands = () => {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [queryKeys.content, queryKeys.campaigns, queryKeys.posts, queryKeys.calendar].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const make = useMutation({
    mutationFn: ({ projectId, of }: { projectId: string; of: Written }) => {
      const { template_id, values, title, text, variants, image, ...rest } = of;
      const body = template_id
        ? { ...rest, template_id, values }
        : { ...rest, title, text, variants, ...(image ? { image } : {}) };
      const sent = { ...body, project_id: projectId };
      return sendOnce('content', sent, (header) => dataOf(api.POST('/content', { body: sent, params: { header } })));
    },
    onSuccess: () => toast(words.made),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ id, of: { template_id: _template, values: _values, ...body } }: { id: string; of: Written }) =>
      dataOf(api.PATCH('/content/{id}', { ...at(id), body })),
    onSuccess: (now) => toast(words.saved(now.version)),
    onSettled,
  });
  const submit = useMutation({
    mutationFn: (of: Content) =>
      dataOf(api.POST('/content/{id}/submit', { ...at(of.id), body: { version: of.version } })),
    onSuccess: (now) => toast(now.state === 'approved' ? words.submittedFree : words.submitted),
    onError: toastError,
    onSettled,
  });
  const approve = useMutation({
    mutationFn: (of: Content) =>
      dataOf(api.POST('/content/{id}/approve', { ...at(of.id), body: { version: of.version } })),
    onSuccess: (now) => toast(now.state === 'approved' ? words.approved(now.version) : words.approvedWaits),
    onError: toastError,
    onSettled,
  });
  const reject = useMutation({
    mutationFn: ({ of, reason }: { of: Content; reason: string }) =>
      dataOf(api.POST('/content/{id}/reject', { ...at(of.id), body: { version: of.version, reason } })),
    onSuccess: () => toast(words.rejected),
    onSettled,
  });
  const again = useMutation({
    mutationFn: (of: Content) => dataOf(api.POST('/content/{id}/regenerate', { ...at(of.id), body: {} })),
    onSuccess: () => toast(words.rewritten),
    onError: toastError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (of: Content) => {
      await dataOf(api.DELETE('/content/{id}', at(of.id)));
    },
    onSuccess: () => toast(words.removed),
    onError: toastError,
    onSettled,
  });
  const schedule = useMutation({
    mutationFn: ({
      of,
      time,
      takesOtherTime,
      reason,
    }: {
      of: Content;
      time: number;
      takesOtherTime?: boolean;
      reason?: string;
    }) =>
      dataOf(
        api.POST('/content/{id}/schedule', {
          ...at(of.id),
          body: {
            scheduled_at: new Date(time).toISOString(),
            version: of.version,
            ...(takesOtherTime ? { takes_other_time: true } : {}),
            ...(reason ? { override_reason: reason } : {}),
          },
        }),
      ),
    onSuccess: () => toast(words.scheduled),
    onSettled,
  });
  const comment = useMutation({
    mutationFn: ({ of, text }: { of: Content; text: string }) => {
      const body = { text, version: of.version };
      return sendOnce('comment', [of.id, body], (header) =>
        dataOf(api.POST('/content/{id}/comments', { params: { path: { id: of.id }, header }, body })),
      );
    },
    onError: toastError,
    onSettled,
  });
  const takeBack = useMutation({
    mutationFn: async ({ of, commentId }: { of: Content; commentId: string }) => {
      await dataOf(
        api.DELETE('/content/{id}/comments/{comment_id}', {
          params: { path: { id: of.id, comment_id: commentId } },
        }),
      );
    },
    onError: toastError,
    onSettled,
  });
  const makeLink = useMutation({
    mutationFn: ({ of, name, mayDecide, days }: { of: Content; name: string; mayDecide: boolean; days: number }) =>
      dataOf(
        api.POST('/content/{id}/review-links', {
          ...at(of.id),
          body: { name, may_decide: mayDecide, expires_in_hours: days * 24 },
        }),
      ),
    onSettled,
  });
  const revokeLink = useMutation({
    mutationFn: async ({ of, linkId }: { of: Content; linkId: string }) => {
      await dataOf(
        api.DELETE('/content/{id}/review-links/{link_id}', { params: { path: { id: of.id, link_id: linkId } } }),
      );
    },
    onSuccess: () => toast(words.linkRevoked),
    onError: toastError,
    onSettled,
  });
  return { make, change, submit, approve, reject, again, remove, schedule, comment, takeBack, makeLink, revokeLink };
};
