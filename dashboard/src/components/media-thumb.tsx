/** A thumbnail of a picture or film, with its kind unless it is a plain picture. */
import { Film, Image as ImageIcon } from 'lucide-react';
import { useState } from 'react';
import { addressHere, type Medium } from '@/data/media';
import { cn } from '@/lib/cn';
import { lengthOfFilm, mediaStrings as words } from '@strings/media';

type ThumbProps = {
  of: Pick<Medium, 'kind' | 'preview_url' | 'duration_ms' | 'is_animated' | 'alt_text'>;
  /** Shows the whole picture in its frame, instead of a part that fills it. */
  whole?: boolean;
  className?: string;
};

export const MediaThumb = ({ of, whole, className }: ThumbProps) => {
  const [isBroken, setBroken] = useState(false);
  const Icon = of.kind === 'video' ? Film : ImageIcon;
  return (
    <span className={cn('relative block overflow-hidden bg-sunken', className)}>
      {isBroken || !of.preview_url ? (
        <span className="flex size-full items-center justify-center text-muted" title={words.cannotSee}>
          <Icon size={20} strokeWidth={1.5} aria-hidden />
        </span>
      ) : (
        <img
          src={addressHere(of.preview_url)}
          alt={of.alt_text}
          loading="lazy"
          draggable={false}
          onError={() => setBroken(true)}
          className={cn('size-full', whole ? 'object-contain' : 'object-cover')}
        />
      )}
      {(of.kind === 'video' || of.is_animated) && (
        <span className="absolute bottom-1 left-1 inline-flex h-4.5 items-center gap-1 rounded-badge border border-line bg-surface px-1 text-axis text-text tabular">
          <Film size={11} strokeWidth={1.75} aria-hidden />
          {of.kind === 'video' ? lengthOfFilm(of.duration_ms) : words.animated}
        </span>
      )}
    </span>
  );
};
