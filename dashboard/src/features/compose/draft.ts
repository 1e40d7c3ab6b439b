/** A post while it is written, as plain values: for the form, the API, and the browser's storage. */
import type { Channel, ChannelType } from '@/data/channels';
import type { Post } from '@/data/posts';
import type { Schemas } from '@/lib/api/client';

export type Lateness = 'project' | Schemas['lateness_action'];

/** A picture or film of the library, as the post shows it. */
export type DraftMedium = { id: string; kind: Schemas['media_kind']; altText: string };

export type Draft = {
  title: string;
  text: string;
  /** Texts by platform. */
  variants: Partial<Record<ChannelType, string>>;
  /** Undefined means all active channels. */
  channelIds: string[] | undefined;
  /** Media of the library, in order; or one picture of the web. */
  media: DraftMedium[];
  image: { url: string; altText: string } | undefined;
  /** Chosen options of a platform, by their names. */
  options: Partial<Record<ChannelType, Record<string, string>>>;
  /** The further parts of a thread, one text for each, for platforms with threads. */
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

/** The option that holds a thread's further parts. */
export const threadOption = 'thread';
/** The option that holds the first comment, which has several lines. */
export const firstCommentOption = 'first_comment';

/** A thread in the API's form: a line of three hyphens separates its parts. */
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

/** The channels of the post. */
export const targetsOf = (draft: Draft, channels: Channel[]): Channel[] =>
  channels.filter((each) => (draft.channelIds ? draft.channelIds.includes(each.id) : each.is_active));

/** Their platforms, each once, in the channels' order. */
export const platformsOf = (draft: Draft, channels: Channel[]): ChannelType[] => [
  ...new Set(targetsOf(draft, channels).map((each) => each.type)),
];

/** The platforms that it goes to with another text, in the order in which these are sent. */
export const ownTextsOf = (draft: Draft, platforms: ChannelType[]): ChannelType[] =>
  platforms.filter((each) => draft.variants[each] !== undefined && draft.variants[each] !== draft.text);

/** Texts for the post's platforms only; others would be refused or forgotten. */
const variantsFor = (draft: Draft, platforms: ChannelType[]): Schemas['post_variant'][] =>
  ownTextsOf(draft, platforms).map((platform) => ({ platform, text: draft.variants[platform] ?? '' }));

/** The tab in which the first thing that was refused stands: what is wrong must not be hidden behind another tab. */
export const wrongTabOf = (pointers: string[], draft: Draft, platforms: ChannelType[]): ChannelType | 'all' | undefined => {
  if (pointers.includes('/text')) return 'all';
  const [, kind, name] = pointers.find((each) => /^\/(variants|options)\//.test(each))?.split('/') ?? [];
  if (kind === 'variants') return ownTextsOf(draft, platforms)[Number(name)];
  return platforms.find((each) => each === name);
};

/** Adds one at the end, or before those that were chosen later but uploaded sooner. */
export const withMedium = (all: DraftMedium[], made: DraftMedium, later: string[]): DraftMedium[] => {
  const at = all.findIndex((each) => later.includes(each.id));
  return at < 0 ? [...all, made] : [...all.slice(0, at), made, ...all.slice(at)];
};

const mediaOf = (draft: Draft): Schemas['post_medium_request'][] =>
  draft.media.map((each) => ({ media_id: each.id, alt_text: each.altText.trim() }));

/** The request for its channels' findings; without a time it asks for now. */
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

/** The options for the post's platforms only. */
const optionsFor = (draft: Draft, platforms: ChannelType[]): Record<string, Record<string, string>> =>
  Object.fromEntries(
    platforms.flatMap((platform) => {
      const parts = writtenParts(draft.threads[platform]);
      const chosen = { ...draft.options[platform], ...(parts.length > 0 ? { thread: parts.join('\n---\n') } : {}) };
      return Object.keys(chosen).length > 0 ? [[platform, chosen]] : [];
    }),
  );

/** The platforms without a text so far: every draft begins like this, so it is no error. */
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
  // Without media the draft may have an image of the web; with media it may not.
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

/** The list with one entry moved. */
export const moved = <T>(all: readonly T[], from: number, to: number): T[] => {
  const rest = all.filter((_, index) => index !== from);
  const one = all[from];
  return one === undefined ? [...all] : [...rest.slice(0, to), one, ...rest.slice(to)];
};
