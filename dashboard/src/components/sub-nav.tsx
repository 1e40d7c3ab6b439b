/** Tabs for the pages of one subject, or the kinds of one list; each has its own address. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export type SubPage = { to: string; label: string; count?: number };

const shape = 'inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-control px-2.5 max-tablet:h-11';
const here = 'bg-pressed font-name text-text';
const elsewhere = 'text-secondary hover:bg-hover';

export const tabClass = (isHere: boolean): string => cn(shape, isHere ? here : elsewhere);

/** If there is no room for all, the active tab is scrolled into view. */
const bringCurrentIntoView = (nav: HTMLElement | null) => {
  const current = nav?.querySelector<HTMLElement>('[aria-current="page"]');
  if (!nav || !current) return;
  const [outer, inner] = [nav.getBoundingClientRect(), current.getBoundingClientRect()];
  nav.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
};

export const TabNav = ({ label, children, className }: { label: string; children: ReactNode; className?: string }) => (
  <nav
    ref={bringCurrentIntoView}
    aria-label={label}
    className={cn('-mx-1 flex min-w-0 gap-1 overflow-x-auto px-1 py-0.5', className)}
  >
    {children}
  </nav>
);

export const TabCount = ({ of }: { of: number | undefined }) =>
  of ? <span className="text-muted tabular">{of.toLocaleString('en')}</span> : null;

export const SubNav = ({ label, pages, className }: { label: string; pages: SubPage[]; className?: string }) => (
  <TabNav label={label} className={className}>
    {pages.map((each) => (
      <Link
        key={each.to}
        to={each.to}
        activeOptions={{ exact: true, includeSearch: false }}
        className={shape}
        activeProps={{ className: here, 'aria-current': 'page' }}
        inactiveProps={{ className: elsewhere }}
      >
        {each.label}
        <TabCount of={each.count} />
      </Link>
    ))}
  </TabNav>
);
