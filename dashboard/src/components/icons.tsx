/** The platforms' icons, on lucide's grid and stroke. Only here do the platforms' own colours appear. */
import IconX from '@tabler/icons-react/icons/IconBrandX';
import IconLinkedin from '@tabler/icons-react/icons/IconBrandLinkedin';
import IconFacebook from '@tabler/icons-react/icons/IconBrandFacebook';
import IconInstagram from '@tabler/icons-react/icons/IconBrandInstagram';
import IconMastodon from '@tabler/icons-react/icons/IconBrandMastodon';
import IconBluesky from '@tabler/icons-react/icons/IconBrandBluesky';
import IconPinterest from '@tabler/icons-react/icons/IconBrandPinterest';
import IconThreads from '@tabler/icons-react/icons/IconBrandThreads';
import IconTiktok from '@tabler/icons-react/icons/IconBrandTiktok';
import IconWorld from '@tabler/icons-react/icons/IconWorld';
import type { ComponentType } from 'react';
import { cn } from '@/lib/cn';
import type { Schemas } from '@/lib/api/client';
import { platformNames } from '@strings/platforms';

type Mark = { icon: ComponentType<{ size?: number; stroke?: number; className?: string }>; tone: string };

const marks = {
  x: { icon: IconX, tone: 'text-mark-x' },
  linkedin: { icon: IconLinkedin, tone: 'text-mark-linkedin' },
  instagram: { icon: IconInstagram, tone: 'text-mark-instagram' },
  facebook: { icon: IconFacebook, tone: 'text-mark-facebook' },
  threads: { icon: IconThreads, tone: 'text-mark-threads' },
  pinterest: { icon: IconPinterest, tone: 'text-mark-pinterest' },
  tiktok: { icon: IconTiktok, tone: 'text-mark-tiktok' },
  mastodon: { icon: IconMastodon, tone: 'text-mark-mastodon' },
  bluesky: { icon: IconBluesky, tone: 'text-mark-bluesky' },
  website: { icon: IconWorld, tone: 'text-secondary' },
} satisfies Record<Schemas['channel_type'], Mark>;

/** A platform's 16 px icon. `named`: it stands alone, so its name is read out. */
export const PlatformMark = ({
  of,
  named,
  className,
}: {
  of: Schemas['channel_type'];
  named?: boolean;
  className?: string;
}) => {
  const { icon: Icon, tone } = marks[of];
  return (
    <span className={cn('inline-flex shrink-0', tone, className)} title={named ? platformNames[of] : undefined}>
      <Icon size={16} stroke={1.75} />
      {named && <span className="sr-only">{platformNames[of]}</span>}
    </span>
  );
};
