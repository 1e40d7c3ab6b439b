/** The words of an item, and where platforms get others. */
import { PlatformMark } from '@/components/icons';
import type { Content } from '@/data/content';
import { platformNames } from '@strings/platforms';

export const ContentText = ({ of }: { of: Content }) => (
  <div className="flex flex-col gap-3">
    <div>
      {of.title && <p className="pb-1 text-lead font-heading">{of.title}</p>}
      <p className="text-lead break-words whitespace-pre-wrap">{of.text}</p>
    </div>
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
