/** The words of an item while they are written. */
import type { ChannelType } from '@/data/channels';
import type { Content } from '@/data/content';
import type { Schemas } from '@/lib/api/client';

export type WordsDraft = {
  title: string;
  text: string;
  variants: Partial<Record<ChannelType, string>>;
  imageUrl: string;
  imageAlt: string;
};

export const wordsOf = (of?: Content): WordsDraft => ({
  title: of?.title ?? '',
  text: of?.text ?? '',
  variants: Object.fromEntries((of?.variants ?? []).map((each) => [each.platform, each.text])),
  imageUrl: of?.image?.url ?? '',
  imageAlt: of?.image?.alt_text ?? '',
});

export type WordsRequest = {
  title: string;
  text: string;
  variants: Schemas['post_variant'][];
  image: Schemas['post_image'] | null;
};

/** In the order of the fields, so that an error's index fits. */
export const requestOfWords = (draft: WordsDraft): WordsRequest => ({
  title: draft.title,
  text: draft.text,
  variants: (Object.keys(draft.variants) as ChannelType[])
    .toSorted()
    .map((platform) => ({ platform, text: draft.variants[platform] ?? '' })),
  image: draft.imageUrl.trim() ? { url: draft.imageUrl.trim(), alt_text: draft.imageAlt.trim() } : null,
});
