/** A preview of a post on its platform: close enough to judge line breaks, image and length, in our own colours. */
import {
  Globe,
  Heart,
  Image as ImageIcon,
  MessageCircle,
  Repeat2,
  Send,
  ThumbsUp,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '@/components/avatar';
import { cn } from '@/lib/cn';
import type { ChannelType } from '@/data/channels';
import { platformNames } from '@strings/platforms';
import { addressHere, isOfLibrary } from '@/data/media';
import { previewStrings as words } from '@strings/preview';

type PreviewOf = {
  platform: ChannelType;
  name: string;
  handle?: string;
  title?: string;
  text: string;
  /** The further parts of its thread. */
  parts?: string[];
  /** The first comment. */
  comment?: string;
  /** In order; the caller leaves out media that the platform does not show. */
  media?: PreviewMedium[];
};

export type PreviewMedium = {
  kind: 'image' | 'video';
  url: string;
  alt_text: string;
  /** For a film: its picture. */
  poster?: string;
};

const pieces = /(https?:\/\/[^\s]+|[@#][\p{L}\p{N}_]+)/gu;

/** Highlights links, tags and mentions, as the platform does. */
const Marked = ({ text }: { text: string }) => (
  <>
    {text.split(pieces).map((piece, index) =>
      pieces.test(piece) || /^(https?:|[@#])/.test(piece) ? (
        <span key={index} className="text-accent-text">
          {piece}
        </span>
      ) : (
        piece
      ),
    )}
  </>
);

const folds: Partial<Record<ChannelType, number>> = { linkedin: 210, instagram: 125 };

const Body = ({ of, className }: { of: PreviewOf; className?: string }) => {
  const fold = folds[of.platform];
  const isLong = fold !== undefined && of.text.length > fold;
  return (
    <p className={cn('break-words whitespace-pre-wrap', className)}>
      {of.text.trim() === '' ? (
        <span className="text-muted">{words.empty}</span>
      ) : (
        <Marked text={isLong ? `${of.text.slice(0, fold).trimEnd()}… ` : of.text} />
      )}
      {isLong && <span className="text-muted">{words.more}</span>}
    </p>
  );
};

const isHere = (url: string): boolean =>
  isOfLibrary(url) || (URL.canParse(url) && new URL(url).origin === window.location.origin);

const One = ({ of, className }: { of: PreviewMedium; className?: string }) => {
  if (!isHere(of.url)) {
    // The page loads nothing from other hosts, so a picture elsewhere is named but not shown.
    return (
      <p
        className={cn(
          'flex size-full flex-col items-center justify-center gap-1 p-3 text-center text-meta text-muted',
          className,
        )}
      >
        <ImageIcon size={20} strokeWidth={1.5} aria-hidden />
        {of.alt_text || words.image}
      </p>
    );
  }
  if (of.kind === 'video') {
    return (
      <video
        controls
        muted
        playsInline
        preload="metadata"
        src={addressHere(of.url)}
        poster={of.poster ? addressHere(of.poster) : undefined}
        aria-label={of.alt_text || words.film}
        className={cn('size-full bg-sunken object-contain', className)}
      />
    );
  }
  return <img src={addressHere(of.url)} alt={of.alt_text} className={cn('size-full object-cover', className)} />;
};

const shown_max = 4;

/** One picture fills its frame, and two to four share it; with more, the last place shows how many follow. */
const Pictures = ({ of }: { of: PreviewOf }) => {
  const all = of.media ?? [];
  const shown = all.slice(0, shown_max);
  if (shown.length === 0) return null;
  return (
    <div
      data-pictures={all.length}
      className={cn(
        'grid gap-0.5 overflow-hidden bg-sunken',
        'aspect-[1.6]',
        shown.length > 1 && 'grid-cols-2',
        shown.length > 2 && 'grid-rows-2',
      )}
    >
      {shown.map((each, index) => (
        <div
          key={`${index} ${each.url}`}
          className={cn('relative min-h-0 min-w-0', shown.length === 3 && index === 0 && 'row-span-2')}
        >
          <One of={each} className="absolute inset-0" />
          {index === shown_max - 1 && all.length > shown_max && (
            <span className="absolute inset-0 flex items-center justify-center bg-shade text-title font-title text-on-accent">
              {words.moreMedia(all.length - shown_max)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
};

/** A carousel: the first picture fills the frame, the others are dots. */
const Carousel = ({ of }: { of: PreviewOf }) => {
  const all = of.media ?? [];
  const [index, setIndex] = useState(0);
  const one = all[Math.min(index, all.length - 1)];
  if (!one) return null;
  return (
    <div className="relative aspect-square overflow-hidden bg-sunken" data-pictures={all.length}>
      <One key={one.url} of={one} className="absolute inset-0" />
      {all.length > 1 && (
        <div className="absolute inset-x-0 bottom-0 flex justify-center">
          {all.map((each, place) => (
            <button
              key={`${place} ${each.url}`}
              type="button"
              aria-label={words.showMedium(place + 1, all.length)}
              aria-current={place === index}
              onClick={() => setIndex(place)}
              className="flex size-6 items-center justify-center"
            >
              <span
                className={cn(
                  'size-2 rounded-full border border-line-control',
                  place === index ? 'bg-accent' : 'bg-surface',
                )}
              />
            </button>
          ))}
        </div>
      )}
    </div>
  );
};

const Head = ({ of, meta }: { of: PreviewOf; meta: string }) => (
  <div className="flex items-center gap-2.5 px-3 pt-3">
    <Avatar name={of.name} />
    <div className="min-w-0 leading-4">
      <p className="truncate font-name">{of.name}</p>
      <p className="truncate text-axis text-muted">{meta}</p>
    </div>
  </div>
);

const has = (of: PreviewOf): boolean => (of.media?.length ?? 0) > 0;

/** The row of readers' actions below a post. */
const Acts = ({ icons, className }: { icons: LucideIcon[]; className: string }) => (
  <p className={cn('flex px-3 text-muted', className)} aria-hidden>
    {icons.map((Icon, index) => (
      <Icon key={index} size={14} />
    ))}
  </p>
);

/** A short post with its pictures in a frame, followed by the rest of its thread. */
const ShortPost = ({ of, acts, actsClass }: { of: PreviewOf; acts: LucideIcon[]; actsClass: string }) => {
  const parts = of.parts ?? [];
  return (
    <>
      <Head of={of} meta={of.handle ? `@${of.handle}` : ''} />
      <Body of={of} className="px-3 py-2" />
      {has(of) && (
        <div className="mx-3 mb-2 overflow-hidden rounded-card border border-line-subtle">
          <Pictures of={of} />
        </div>
      )}
      <Acts icons={acts} className={cn('pb-2.5', actsClass)} />
      {parts.length > 0 && (
        <ol aria-label={words.thread} className="flex flex-col" data-parts={parts.length}>
          {parts.map((text, index) => (
            <li key={index} className="flex gap-2.5 px-3 pb-2.5">
              <span aria-hidden className="flex w-7 shrink-0 flex-col items-center">
                <span className="h-2 w-px bg-line" />
                <span className="text-axis text-muted tabular">{index + 2}</span>
                {index + 1 < parts.length && <span className="w-px flex-1 bg-line" />}
              </span>
              <Body of={{ ...of, text }} className="min-w-0 flex-1 pt-1.5" />
            </li>
          ))}
        </ol>
      )}
    </>
  );
};

/** The account's first comment below its own post. */
const Comment = ({ of }: { of: PreviewOf }) =>
  of.comment?.trim() ? (
    <div aria-label={words.comment} role="group" className="flex gap-2 border-t border-line-subtle px-3 py-2.5">
      <Avatar name={of.name} />
      <div className="min-w-0 flex-1">
        <p className="text-meta font-name">{of.name}</p>
        <p className="break-words whitespace-pre-wrap text-secondary">
          <Marked text={of.comment.trim()} />
        </p>
      </div>
    </div>
  ) : null;

/** Pictures first: without one there is no post. */
const PictureFirst = ({ of }: { of: PreviewOf }) =>
  has(of) ? (
    <Carousel of={of} />
  ) : (
    <p className="flex aspect-square items-center justify-center bg-sunken p-3 text-center text-meta text-muted">
      {words.needsImage(platformNames[of.platform])}
    </p>
  );

/** A post of a page, with its pictures from edge to edge. */
const PagePost = ({ of, meta, acts }: { of: PreviewOf; meta: string; acts: LucideIcon[] }) => (
  <>
    <Head of={of} meta={meta} />
    <Body of={of} className="px-3 py-2" />
    <Pictures of={of} />
    <Acts icons={acts} className="gap-8 py-2.5" />
    <Comment of={of} />
  </>
);

const talk = [Heart, MessageCircle, Repeat2, Send];
const talkGap = 'gap-5';

const frames: Record<ChannelType, (of: PreviewOf) => React.ReactNode> = {
  x: (of) => <ShortPost of={of} acts={[MessageCircle, Repeat2, Heart]} actsClass="gap-8" />,
  threads: (of) => <ShortPost of={of} acts={talk} actsClass={talkGap} />,
  mastodon: (of) => <ShortPost of={of} acts={talk} actsClass={talkGap} />,
  bluesky: (of) => <ShortPost of={of} acts={talk} actsClass={talkGap} />,
  linkedin: (of) => <PagePost of={of} meta={words.linkedinMeta} acts={[ThumbsUp, MessageCircle, Repeat2, Send]} />,
  facebook: (of) => <PagePost of={of} meta="" acts={[ThumbsUp, MessageCircle, Send]} />,
  instagram: (of) => (
    <>
      <div className="pb-2.5">
        <Head of={of} meta="" />
      </div>
      <PictureFirst of={of} />
      <Acts icons={[Heart, MessageCircle, Send]} className="gap-3.5 pt-2.5" />
      <div className="px-3 pt-1 pb-3">
        <Body of={of} />
      </div>
      <Comment of={of} />
    </>
  ),
  pinterest: (of) => (
    <>
      <PictureFirst of={of} />
      <div className="flex flex-col gap-1 px-3 pt-2.5 pb-3">
        {of.title && <p className="font-heading">{of.title}</p>}
        <Body of={of} />
        <p className="truncate text-axis text-muted">{of.name}</p>
      </div>
    </>
  ),
  tiktok: (of) => (
    <>
      <PictureFirst of={of} />
      <div className="flex flex-col gap-1 px-3 pt-2.5 pb-3">
        <p className="font-name">{of.handle ? `@${of.handle}` : of.name}</p>
        {of.title && <p className="font-heading">{of.title}</p>}
        <Body of={of} />
      </div>
    </>
  ),
  website: (of) => (
    <div className="flex flex-col gap-1.5 p-3">
      <p className="flex items-center gap-1.5 text-axis text-muted">
        <Globe size={12} aria-hidden /> {of.name}
      </p>
      {of.title && <p className="text-lead font-heading">{of.title}</p>}
      {has(of) && (
        <div className="overflow-hidden rounded-control">
          <Pictures of={of} />
        </div>
      )}
      <Body of={of} />
    </div>
  ),
};

export const Preview = ({ of }: { of: PreviewOf }) => (
  <div className="overflow-hidden rounded-card border border-line bg-surface" data-preview={of.platform}>
    {frames[of.platform](of)}
  </div>
);
