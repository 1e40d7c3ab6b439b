import { SubNav } from '@/components/sub-nav';
import { useQueueCount } from '@/data/engagement';
import { useMay } from '@/data/people';
import { engagementStrings as words } from '@strings/engagement';

/** The tabs of the engagement pages. */
export const EngagementNav = () => {
  const mayEngage = useMay('engage');
  const waiting = useQueueCount();
  return (
    <SubNav
      label={words.subjects}
      pages={[
        { to: '/app/engagement', label: words.posts },
        ...(mayEngage ? [{ to: '/app/engagement/mine', label: words.queue, count: waiting }] : []),
        { to: '/app/engagement/pages', label: words.pages },
        { to: '/app/engagement/figures', label: words.figures },
        ...(mayEngage
          ? [
              { to: '/app/engagement/settings', label: words.settings },
              { to: '/app/engagement/accounts', label: words.accounts },
            ]
          : []),
      ]}
    />
  );
};
