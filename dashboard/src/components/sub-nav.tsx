/** Tabs for the pages of one subject, or the kinds of one list; each has its own address. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export type SubPage = { to: string; label: string; count?: number };

const shape = 'inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-control px-2.5 max-tablet:h-11 max-tablet:min-w-11 max-tablet:justify-center';
const here = 'bg-pressed font-name text-text';
const elsewhere = 'text-secondary hover:bg-hover';

/**
 * For tabs that differ in what they search for: without it the router takes the one that searches for nothing as
 * current, too.
 */
export const onlyOwnSearch = { exact: true, explicitUndefined: true };

export const tabClass = (isHere: boolean): string => cn(shape, isHere ? here : elsewhere);

/**
 * The row may stay while another of its pages comes to be shown, and be hidden while that page is fetched: both are
 * watched.
 */
const keepCurrentInView = (nav: HTMLElement | null) => {
  if (!nav) return;
  const bring = () => bringCurrentIntoView(nav);
  const watch = new MutationObserver(bring);
  const size = new ResizeObserver(bring);
  watch.observe(nav, { subtree: true, childList: true, characterData: true, attributeFilter: ['aria-current'] });
  size.observe(nav);
  return () => {
    watch.disconnect();
    size.disconnect();
  };
};

/** Where there is no room for all, the one that is shown is never out of sight. */
const bringCurrentIntoView = (nav: HTMLElement) => {
  const current = nav.querySelector<HTMLElement>('[aria-current="page"]');
  if (!current) return;
  const [outer, inner] = [nav.getBoundingClientRect(), current.getBoundingClientRect()];
  nav.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
};

export const TabNav = ({ label, children, className }: { label: string; children: ReactNode; className?: string }) => (
  <nav
    ref={keepCurrentInView}
    aria-label={label}
    className={cn(
      '-mx-1 flex min-w-0 gap-1 overflow-x-auto px-1 py-0.5 max-tablet:-mx-4 max-tablet:px-4',
      className,
    )}
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
