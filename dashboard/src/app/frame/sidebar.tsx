import { Link } from '@tanstack/react-router';
import { FlaskConical, Search } from 'lucide-react';
import { Kbd } from '@/components/kbd';
import { Tooltip } from '@/components/tooltip';
import { useQueueCount } from '@/data/engagement';
import { useMe } from '@/data/people';
import { useMyApprovals, useNeedsYou } from '@/data/needs-you';
import { useSandboxNames } from '@/data/sandbox';
import { commonStrings } from '@strings/common';
import { frameStrings as words } from '@strings/frame';
import { AccountMenu } from './account-menu';
import { isSeenBy, navGroups, type NavItem } from './nav';
import { paletteStore } from './palette-store';
import { ProjectSwitcher } from './project-switcher';

export const useNeedsYouCount = (): number => useNeedsYou().items.length;

const Badge = ({ count }: { count: number }) => (
  <span className="ml-auto inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full border border-warning-line bg-warning-tint px-1 text-axis font-heading text-warning-text tabular wide:ml-auto max-wide:absolute max-wide:top-0 max-wide:right-0">
    {count}
  </span>
);

const Item = ({ of, count }: { of: NavItem; count: number }) => (
  <li>
    <Tooltip text={of.label} shortcut={of.key ? `g ${of.key}` : undefined} side="right">
      <Link
        to={of.to}
        activeOptions={{ exact: of.to === '/app' }}
        className="relative flex h-7 items-center gap-2.5 rounded-control px-2 font-nav text-secondary hover:bg-hover max-wide:h-9 max-wide:justify-center max-wide:px-0"
        activeProps={{ className: 'bg-pressed font-name text-text', 'aria-current': 'page' }}
      >
        <of.icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
        <span className="max-wide:sr-only">{of.label}</span>
        {count > 0 && <Badge count={count} />}
      </Link>
    </Tooltip>
  </li>
);

export const Sidebar = () => {
  const me = useMe();
  const counts: Record<string, number> = {
    '/app/needs-you': useNeedsYouCount(),
    '/app/content-studio': useMyApprovals().length,
    '/app/engagement': useQueueCount(),
  };
  const sandbox = useSandboxNames();
  const groups = navGroups
    .map((group) => ({ ...group, items: group.items.filter((item) => isSeenBy(me, item)) }))
    .filter((group) => group.items.length > 0);
  return (
    <aside className="relative z-20 flex w-58 shrink-0 flex-col gap-2 overflow-y-auto px-2.5 pt-2 pb-3 max-wide:w-14 max-wide:px-2 max-tablet:hidden">
      <ProjectSwitcher />
      <button
        type="button"
        onClick={() => paletteStore.set('palette')}
        className="flex h-7.5 items-center gap-2 rounded-control border border-line bg-surface px-2 text-muted hover:bg-hover max-wide:justify-center"
      >
        <Search size={15} strokeWidth={1.75} aria-hidden />
        <span className="flex-1 text-left max-wide:sr-only">{words.searchOrJump}</span>
        <Kbd of="mod+k" className="max-wide:hidden" />
      </button>
      <nav aria-label={words.nav} className="mt-1 flex flex-1 flex-col gap-3">
        {groups.map((group) => (
          <div key={group.label ?? ''}>
            {group.label && <p className="px-2 pb-1 text-axis text-muted max-wide:sr-only">{group.label}</p>}
            <ul className="flex flex-col gap-px">
              {group.items.map((item) => (
                <Item key={item.to} of={item} count={counts[item.to] ?? 0} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {sandbox.length > 0 && (
        <p className="flex gap-2 rounded-control border border-dashed border-line px-2.5 py-2 text-meta text-muted max-wide:justify-center max-wide:px-0">
          <FlaskConical size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
          <span className="max-wide:sr-only">{words.sandboxNote(commonStrings.list(sandbox))}</span>
        </p>
      )}
      <AccountMenu />
    </aside>
  );
};

