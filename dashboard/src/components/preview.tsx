/** A post as its platform would show it: near enough to judge line breaks, image and length, in our own colours. */
import { Globe, Heart, Image as ImageIcon, MessageCircle, Repeat2, Send, ThumbsUp } from 'lucide-react';
import { Avatar } from '@/components/avatar';
import { cn } from '@/lib/cn';
import type { ChannelType } from '@/data/channels';
import { platformNames } from '@strings/platforms';
import { previewStrings as words } from '@strings/preview';

export type PreviewOf = {
  platform: ChannelType;
  name: string;
  handle?: string;
  title?: string;
  text: string;
  image?: { url: string; alt_text: string } | null;
};

const pieces = /(https?:\/\/[^\s]+|[@#][\p{L}\p{N}_]+)/gu;

/** Links, tags and mentions stand out, as they do there. */
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

const isHere = (url: string): boolean => URL.canParse(url) && new URL(url).origin === window.location.origin;

const Picture = ({ of, square }: { of: PreviewOf; square?: boolean }) =>
  of.image ? (
    <div className={cn('overflow-hidden bg-sunken', square ? 'aspect-square' : 'aspect-[1.91]')}>
      {/* The page asks no other host for anything: a picture that lies elsewhere is told and not shown. */}
      {isHere(of.image.url) ? (
        <img src={of.image.url} alt={of.image.alt_text} className="size-full object-cover" />
      ) : (
        <p className="flex size-full flex-col items-center justify-center gap-1 p-3 text-center text-meta text-muted">
          <ImageIcon size={20} strokeWidth={1.5} aria-hidden />
          {of.image.alt_text || words.image}
        </p>
      )}
    </div>
  ) : null;

const Head = ({ of, meta }: { of: PreviewOf; meta: string }) => (
  <div className="flex items-center gap-2.5 px-3 pt-3">
    <Avatar name={of.name} />
    <div className="min-w-0 leading-4">
      <p className="truncate font-name">{of.name}</p>
      <p className="truncate text-axis text-muted">{meta}</p>
    </div>
  </div>
);

const frames: Record<ChannelType, (of: PreviewOf) => React.ReactNode> = {
  x: (of) => (
    <>
      <Head of={of} meta={of.handle ? `@${of.handle}` : ''} />
      <Body of={of} className="px-3 py-2" />
      {of.image && (
        <div className="mx-3 mb-2 overflow-hidden rounded-card border border-line-subtle">
          <Picture of={of} />
        </div>
      )}
      <p className="flex gap-8 px-3 pb-2.5 text-muted" aria-hidden>
        <MessageCircle size={14} /> <Repeat2 size={14} /> <Heart size={14} />
      </p>
    </>
  ),
  linkedin: (of) => (
    <>
      <Head of={of} meta={words.linkedinMeta} />
      <Body of={of} className="px-3 py-2" />
      <Picture of={of} />
      <p className="flex gap-8 px-3 py-2.5 text-muted" aria-hidden>
        <ThumbsUp size={14} /> <MessageCircle size={14} /> <Repeat2 size={14} /> <Send size={14} />
      </p>
    </>
  ),
  facebook: (of) => (
    <>
      <Head of={of} meta="" />
      <Body of={of} className="px-3 py-2" />
      <Picture of={of} />
      <p className="flex gap-8 px-3 py-2.5 text-muted" aria-hidden>
        <ThumbsUp size={14} /> <MessageCircle size={14} /> <Send size={14} />
      </p>
    </>
  ),
  threads: (of) => (
    <>
      <Head of={of} meta={of.handle ? `@${of.handle}` : ''} />
      <Body of={of} className="px-3 py-2" />
      {of.image && (
        <div className="mx-3 mb-2 overflow-hidden rounded-card border border-line-subtle">
          <Picture of={of} />
        </div>
      )}
      <p className="flex gap-5 px-3 pb-2.5 text-muted" aria-hidden>
        <Heart size={14} /> <MessageCircle size={14} /> <Repeat2 size={14} /> <Send size={14} />
      </p>
    </>
  ),
  mastodon: (of) => (
    <>
      <Head of={of} meta={of.handle ? `@${of.handle}` : ''} />
      <Body of={of} className="px-3 py-2" />
      {of.image && (
        <div className="mx-3 mb-2 overflow-hidden rounded-card border border-line-subtle">
          <Picture of={of} />
        </div>
      )}
      <p className="flex gap-5 px-3 pb-2.5 text-muted" aria-hidden>
        <Heart size={14} /> <MessageCircle size={14} /> <Repeat2 size={14} /> <Send size={14} />
      </p>
    </>
  ),
  bluesky: (of) => (
    <>
      <Head of={of} meta={of.handle ? `@${of.handle}` : ''} />
      <Body of={of} className="px-3 py-2" />
      {of.image && (
        <div className="mx-3 mb-2 overflow-hidden rounded-card border border-line-subtle">
          <Picture of={of} />
        </div>
      )}
      <p className="flex gap-5 px-3 pb-2.5 text-muted" aria-hidden>
        <Heart size={14} /> <MessageCircle size={14} /> <Repeat2 size={14} /> <Send size={14} />
      </p>
    </>
  ),
  instagram: (of) => (
    <>
      <div className="pb-2.5">
        <Head of={of} meta="" />
      </div>
      {of.image ? (
        <Picture of={of} square />
      ) : (
        <p className="flex aspect-square items-center justify-center bg-sunken p-3 text-center text-meta text-muted">
          {words.needsImage(platformNames[of.platform])}
        </p>
      )}
      <p className="flex gap-3.5 px-3 pt-2.5 text-secondary" aria-hidden>
        <Heart size={16} /> <MessageCircle size={16} /> <Send size={16} />
      </p>
      <div className="px-3 pt-1 pb-3">
        <Body of={of} />
      </div>
    </>
  ),
  pinterest: (of) => (
    <>
      {of.image ? (
        <Picture of={of} square />
      ) : (
        <p className="flex aspect-square items-center justify-center bg-sunken p-3 text-center text-meta text-muted">
          {words.needsImage(platformNames[of.platform])}
        </p>
      )}
      <div className="flex flex-col gap-1 px-3 pt-2.5 pb-3">
        {of.title && <p className="font-heading">{of.title}</p>}
        <Body of={of} />
        <p className="truncate text-axis text-muted">{of.name}</p>
      </div>
    </>
  ),
  tiktok: (of) => (
    <>
      {of.image ? (
        <Picture of={of} square />
      ) : (
        <p className="flex aspect-square items-center justify-center bg-sunken p-3 text-center text-meta text-muted">
          {words.needsImage(platformNames[of.platform])}
        </p>
      )}
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
      <Body of={of} />
    </div>
  ),
};

export const Preview = ({ of }: { of: PreviewOf }) => (
  <div className="overflow-hidden rounded-card border border-line bg-surface" data-preview={of.platform}>
    {frames[of.platform](of)}
  </div>
);
