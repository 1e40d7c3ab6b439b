/** What the tables of budgets and of retries have in common. */
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import type { Schemas } from '@/lib/api/client';
import { channelsStrings as words } from '@strings/channels';
import { platformNames } from '@strings/platforms';

export const number = z.string().check(z.regex(/^\d{1,7}$/, words.needNumber));

export const Platform = ({ of }: { of: Schemas['rate_limit']['platform'] }) => (
  <span className="flex items-center gap-2">
    <PlatformMark of={of} />
    {platformNames[of]}
  </span>
);

export const Change = ({ onClick }: { onClick: () => void }) => (
  <Button size="small" onClick={onClick}>
    {words.change}
  </Button>
);
