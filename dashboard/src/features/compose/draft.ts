/** A post while it is written, as plain values: what the form holds, what the API is asked, what the browser keeps. */
import type { Channel, ChannelType } from '@/data/channels';
import type { Post } from '@/data/posts';
import type { Schemas } from '@/lib/api/client';

export type Lateness = 'project' | Schemas['lateness_action'];

/** A picture or film of the library, as the post shows it. */
export type DraftMedium = { id: string; kind: Schemas['media_kind']; altText: string };

export type Draft = {
  title: string;
  text: string;
  /** Own texts, by platform. */
  variants: Partial<Record<ChannelType, string>>;
  /** Undefined until somebody has chosen: then all that are active. */
  channelIds: string[] | undefined;
  /** Of the library, in order; or one picture of the web. */
  media: DraftMedium[];
  image: { url: string; altText: string } | undefined;
  /** What is chosen for a platform, by the names of its options. */
  options: Partial<Record<ChannelType, Record<string, string>>>;
  /** What follows below the post on a platform that has threads, one text a part. */
  threads: Partial<Record<ChannelType, string[]>>;
  lateness: Lateness;
  at: number | undefined;
};

export const emptyDraft: Draft = {
  title: '',
  text: '',
  variants: {},
  channelIds: undefined,
  media: [],
  image: undefined,
  options: {},
  threads: {},
  lateness: 'project',
  at: undefined,
};

/** The name of the option that holds a thread's further parts. */
export const threadOption = 'thread';
/** The name of the option that holds what the account says below its own post: it has several lines. */
export const firstCommentOption = 'first_comment';

/** A thread as the API has it: with a line of three hyphens between its parts. */
const partsOf = (value: string | undefined): string[] => (value ? value.split(/\n---\n/) : []);
const writtenParts = (parts: string[] | undefined): string[] => (parts ?? []).filter((each) => each.trim() !== '');

const mapOptions = <T>(
  options: Draft['options'],
  change: (chosen: Record<string, string>) => T,
): Partial<Record<ChannelType, T>> =>
  Object.fromEntries(Object.entries(options).map(([platform, chosen]) => [platform, change(chosen)]));

export const draftOf = (post: Post): Draft => ({
  title: post.title,
  text: post.text,
  variants: Object.fromEntries(post.variants.map((each) => [each.platform, each.text])),
  channelIds: post.deliveries.map((each) => each.channel_id),
  media: post.media.map((each) => ({ id: each.media_id, kind: each.kind, altText: each.alt_text })),
  image: post.image && post.media.length === 0 ? { url: post.image.url, altText: post.image.alt_text } : undefined,
  options: mapOptions(post.options, ({ thread: _, ...others }) => others),
  threads: mapOptions(post.options, (chosen) => partsOf(chosen.thread)),
  lateness: post.lateness?.policy ?? 'project',
  at: post.scheduled_at ? Date.parse(post.scheduled_at) : undefined,
});

/** The channels that it goes to. */
export const targetsOf = (draft: Draft, channels: Channel[]): Channel[] =>
  channels.filter((each) => (draft.channelIds ? draft.channelIds.includes(each.id) : each.is_active));

/** Their platforms, each once, in the channels' order. */
export const platformsOf = (draft: Draft, channels: Channel[]): ChannelType[] => [
  ...new Set(targetsOf(draft, channels).map((each) => each.type)),
];

/** Own texts of platforms that it goes to; others would be refused or forgotten. */
const variantsFor = (draft: Draft, platforms: ChannelType[]): Schemas['post_variant'][] =>
  platforms.flatMap((platform) => {
    const text = draft.variants[platform];
    return text === undefined || text === draft.text ? [] : [{ platform, text }];
  });

/** With one more at the end, or before those that were chosen after it and were uploaded sooner. */
export const withMedium = (all: DraftMedium[], made: DraftMedium, later: string[]): DraftMedium[] => {
  const at = all.findIndex((each) => later.includes(each.id));
  return at < 0 ? [...all, made] : [...all.slice(0, at), made, ...all.slice(at)];
};

const mediaOf = (draft: Draft): Schemas['post_medium_request'][] =>
  draft.media.map((each) => ({ media_id: each.id, alt_text: each.altText.trim() }));

/** What its channels would say of it. Without a time it is asked as of now. */
export const checkRequestOf = (
  draft: Draft,
  projectId: string,
  channels: Channel[],
  postId?: string,
): Schemas['check_post_request'] => {
  const platforms = platformsOf(draft, channels);
  return {
    title: draft.title.trim(),
    text: draft.text,
    variants: variantsFor(draft, platforms),
    platforms,
    has_image: Boolean(draft.image?.url),
    media: mediaOf(draft),
    options: optionsFor(draft, platforms),
    project_id: projectId,
    channel_ids: targetsOf(draft, channels).map((each) => each.id),
    ...(postId ? { post_id: postId } : {}),
    ...(draft.at === undefined ? {} : { scheduled_at: new Date(draft.at).toISOString() }),
  };
};

/** What is chosen for platforms that it goes to. */
const optionsFor = (draft: Draft, platforms: ChannelType[]): Record<string, Record<string, string>> =>
  Object.fromEntries(
    platforms.flatMap((platform) => {
      const parts = writtenParts(draft.threads[platform]);
      const chosen = { ...draft.options[platform], ...(parts.length > 0 ? { thread: parts.join('\n---\n') } : {}) };
      return Object.keys(chosen).length > 0 ? [[platform, chosen]] : [];
    }),
  );

/** The platforms for which there is no text yet: that is where one begins, and no mistake. */
export const blankOf = (draft: Draft, platforms: ChannelType[]): ChannelType[] =>
  platforms.filter((each) => (draft.variants[each] ?? draft.text).trim() === '');

const imageOf = (draft: Draft): Schemas['post_image'] | undefined =>
  draft.image?.url ? { url: draft.image.url.trim(), alt_text: draft.image.altText.trim() } : undefined;

export const createRequestOf = (
  draft: Draft,
  projectId: string,
  channels: Channel[],
  at?: number,
): Schemas['create_post_request'] => ({
  project_id: projectId,
  title: draft.title.trim(),
  text: draft.text,
  variants: variantsFor(draft, platformsOf(draft, channels)),
  channel_ids: targetsOf(draft, channels).map((each) => each.id),
  options: optionsFor(draft, platformsOf(draft, channels)),
  ...(draft.media.length > 0 ? { media: mediaOf(draft) } : imageOf(draft) ? { image: imageOf(draft) } : {}),
  ...(draft.lateness === 'project' ? {} : { lateness: { policy: draft.lateness } }),
  ...(at === undefined ? {} : { scheduled_at: new Date(at).toISOString() }),
});

export const updateRequestOf = (draft: Draft, platforms: ChannelType[]): Schemas['update_post_request'] => ({
  title: draft.title.trim(),
  text: draft.text,
  variants: variantsFor(draft, platforms),
  // Without media an image of the web may take their place; with them it is theirs.
  ...(draft.media.length > 0 ? { media: mediaOf(draft) } : { media: [], image: imageOf(draft) ?? null }),
  options: optionsFor(draft, platforms),
  lateness: draft.lateness === 'project' ? null : { policy: draft.lateness },
});

export const isSameContent = (a: Draft, b: Draft): boolean =>
  a.title === b.title &&
  a.text === b.text &&
  a.lateness === b.lateness &&
  JSON.stringify(a.variants) === JSON.stringify(b.variants) &&
  JSON.stringify(a.media) === JSON.stringify(b.media) &&
  JSON.stringify(a.image) === JSON.stringify(b.image) &&
  JSON.stringify(a.threads) === JSON.stringify(b.threads) &&
  JSON.stringify(a.options) === JSON.stringify(b.options);

export const isWorthKeeping = (draft: Draft): boolean =>
  Boolean(
    draft.text.trim() ||
    draft.title.trim() ||
    draft.image?.url ||
    draft.media.length > 0 ||
    Object.keys(draft.variants).length > 0 ||
    Object.values(draft.threads).some((parts) => writtenParts(parts).length > 0),
  );

/** The list with one of it at another place. */
export const moved = <T>(all: readonly T[], from: number, to: number): T[] => {
  const rest = all.filter((_, index) => index !== from);
  const one = all[from];
  return one === undefined ? [...all] : [...rest.slice(0, to), one, ...rest.slice(to)];
};
