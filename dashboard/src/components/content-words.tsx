/** The words of an item: its text, its platform texts, and its image. */
import { platformNames } from '@strings/platforms';
import { reviewStrings as words } from '@strings/review';
import type { Schemas } from '@/lib/api/client';
import { PlatformMark } from './icons';

type Words = {
  text: string;
  variants: { platform: Schemas['channel_type']; text: string }[];
  image?: { url?: string; alt_text: string } | null;
};

export const ContentWords = ({ of, title }: { of: Words; title?: string }) => (
  <div className="flex flex-col gap-3">
    <div>
      {title && <p className="pb-1 text-lead font-heading">{title}</p>}
      <p className="text-lead break-words whitespace-pre-wrap">{of.text}</p>
    </div>
    {of.image && (
      <p className="text-meta break-words text-muted" data-image>
        {words.image}
        {of.image.alt_text && `: ${of.image.alt_text}`}
        {of.image.url && ` (${of.image.url})`}
      </p>
    )}
    {of.variants.map((each) => (
      <div key={each.platform} className="rounded-control border border-line bg-sunken px-3 py-2">
        <p className="flex items-center gap-2 pb-1 text-meta text-muted">
          <PlatformMark of={each.platform} />
          {platformNames[each.platform]}
        </p>
        <p className="break-words whitespace-pre-wrap">{each.text}</p>
      </div>
    ))}
  </div>
);
