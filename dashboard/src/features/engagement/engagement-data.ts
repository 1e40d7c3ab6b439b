/** Reads and commands for tracked pages, their posts, and the acts under them. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import type { Engagement } from '@/data/engagement';
import { queryKeys } from '@/data/keys';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { serverNow } from '@/lib/clock';
import { engagementStrings as words } from '@strings/engagement';

export type TrackedPage = Schemas['tracked_page'];
export type PollStatus = Schemas['poll_status'];
export type Subscription = Schemas['page_subscription'];
export type FoundPost = Schemas['feed_post'];
export type Reaction = Schemas['reaction_kind'];
export type PageChanges = Schemas['change_page_request'];

export const reactions: readonly Reaction[] = [
  'like',
  'praise',
  'empathy',
  'interest',
  'appreciation',
  'entertainment',
];
export const comment_most = 1250;
const key = queryKeys.engagement;
const at = (id: string) => ({ params: { path: { id } } });

const looking_ms = 2_000;

/** A due poll has not reported its result yet; pages without followers are not polled. */
const isDue = (at: string | null): boolean => at !== null && Date.parse(at) <= serverNow();

export const pagesQuery = queryOptions({
  queryKey: [...key, 'pages'],
  queryFn: ({ signal }) =>
    allPages(
      (cursor) => dataOf(api.GET('/tracked-pages', { params: { query: { limit: 100, cursor } }, signal })),
      10_000,
    ),
  refetchInterval: (query) =>
    query.state.data?.some((each) => each.subscribers > 0 && !each.last_polled_at && isDue(each.next_poll_at))
      ? looking_ms
      : false,
});

export const pageQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'page', id],
    queryFn: ({ signal }) => dataOf(api.GET('/tracked-pages/{id}', { ...at(id), signal })),
  });

/** While a poll runs, its end is awaited. */
export const pollQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'poll', id],
    queryFn: ({ signal }) => dataOf(api.GET('/tracked-pages/{id}/poll-status', { ...at(id), signal })),
    refetchInterval: (query) => (query.state.data?.state === 'polling' ? looking_ms : false),
  });

export const subscriptionQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'subscription', id],
    queryFn: ({ signal }) => dataOf(api.GET('/tracked-pages/{id}/subscribe', { ...at(id), signal })),
  });

const feed_step = 50;

export const feedQuery = (pageId: string | undefined, steps: number) =>
  queryOptions({
    queryKey: [...key, 'feed', pageId ?? 'all', steps],
    queryFn: async ({ signal }) => {
      const found: FoundPost[] = [];
      let cursor: string | undefined;
      let hasMore = true;
      for (let step = 0; step < steps && hasMore; step += 1) {
        const query = { limit: feed_step, cursor, page_id: pageId };
        const answer = await dataOf(api.GET('/tracked-posts', { params: { query }, signal }));
        found.push(...answer.items);
        cursor = answer.next_cursor ?? undefined;
        hasMore = cursor !== undefined;
      }
      return { items: found, hasMore };
    },
  });

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'post', id],
    queryFn: ({ signal }) => dataOf(api.GET('/tracked-posts/{id}', { ...at(id), signal })),
    staleTime: 60_000,
  });

const plan_most = 2000;

/** The visible acts under a post, by time. */
export const planQuery = (postId: string) =>
  queryOptions({
    queryKey: [...key, 'plan', postId],
    queryFn: async ({ signal }) => {
      const all = await allPages(
        (cursor) =>
          dataOf(
            api.GET('/engagements', {
              params: { query: { scope: 'team', post_id: postId, limit: 100, cursor } },
              signal,
            }),
          ),
        plan_most,
      );
      return all.reverse();
    },
  });

/** With its times in this zone. */
export const explanationQuery = (id: string, zone: string) =>
  queryOptions({
    queryKey: [...key, 'explanation', id, zone],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/engagements/{id}/explain', { params: { path: { id }, query: { time_zone: zone } }, signal }),
      ),
  });

/** All engagement data, to be refetched after a decision. */
export const useEngagementSettled = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
};

export const usePageCommands = () => {
  const onSettled = useEngagementSettled();
  const track = useMutation({
    mutationFn: (body: Schemas['track_page_request']) =>
      sendOnce('page', body, (header) => dataOf(api.POST('/tracked-pages', { body, params: { header } }))),
    onSuccess: (made) => toast(words.tracked(made.name)),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ page, to }: { page: TrackedPage; to: PageChanges }) =>
      dataOf(api.PATCH('/tracked-pages/{id}', { ...at(page.id), body: to })),
    onSuccess: () => toast(words.changed),
    onSettled,
  });
  const untrack = useMutation({
    mutationFn: async (page: TrackedPage) => {
      await dataOf(api.DELETE('/tracked-pages/{id}', at(page.id)));
    },
    onSuccess: (_, page) => toast(words.untracked(page.name)),
    onError: toastError,
    onSettled,
  });
  const poll = useMutation({
    mutationFn: (page: TrackedPage) => dataOf(api.POST('/tracked-pages/{id}/poll', at(page.id))),
    onSuccess: () => toast(words.polling),
    onError: toastError,
    onSettled,
  });
  const follow = useMutation({
    mutationFn: ({ page, how }: { page: TrackedPage; how: Schemas['subscription_request'] }) =>
      dataOf(api.POST('/tracked-pages/{id}/subscribe', { ...at(page.id), body: how })),
    onSuccess: (_, { page }) => toast(words.followSaved(page.name)),
    onSettled,
  });
  const unfollow = useMutation({
    mutationFn: async (page: TrackedPage) => {
      await dataOf(api.DELETE('/tracked-pages/{id}/subscribe', at(page.id)));
    },
    onSuccess: (_, page) => toast(words.unfollowed(page.name)),
    onError: toastError,
    onSettled,
  });
  const bring = useMutation({
    mutationFn: ({ pageId, body }: { pageId: string; body: Schemas['bring_post_request'] }) =>
      sendOnce('found post', [pageId, body], (header) =>
        dataOf(api.POST('/tracked-pages/{id}/posts', { params: { path: { id: pageId }, header }, body })),
      ),
    onSuccess: (found) => toast(words.brought(found.planned)),
    onSettled,
  });
  return { track, change, untrack, poll, follow, unfollow, bring };
};

export const useActCommands = () => {
  const onSettled = useEngagementSettled();
  const confirm = useMutation({
    mutationFn: ({ act, text }: { act: Engagement; text?: string }) =>
      dataOf(api.POST('/engagements/{id}/confirm', { ...at(act.id), body: text === undefined ? {} : { text } })),
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ act, ...to }: { act: Engagement; text?: string; reaction?: Reaction }) =>
      dataOf(api.POST('/engagements/{id}/edit', { ...at(act.id), body: to })),
    onSettled,
  });
  const skip = useMutation({
    mutationFn: (act: Engagement) => dataOf(api.POST('/engagements/{id}/skip', { ...at(act.id), body: {} })),
    onSettled,
  });
  return { confirm, edit, skip };
};
