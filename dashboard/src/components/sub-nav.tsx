/** The pages of one subject, side by side; each has its own address. */
import { Link } from '@tanstack/react-router';
import { cn } from '@/lib/cn';

export type SubPage = { to: string; label: string; count?: number };

const shape = 'inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-control px-2.5 max-tablet:h-11';

export const SubNav = ({ label, pages, className }: { label: string; pages: SubPage[]; className?: string }) => (
  <nav aria-label={label} className={cn('-mx-1 flex min-w-0 gap-1 overflow-x-auto px-1 py-0.5', className)}>
    {pages.map((each) => (
      <Link
        key={each.to}
        to={each.to}
        activeOptions={{ exact: true, includeSearch: false }}
        className={shape}
        activeProps={{ className: 'bg-pressed font-name text-text', 'aria-current': 'page' }}
        inactiveProps={{ className: 'text-secondary hover:bg-hover' }}
      >
        {each.label}
        {each.count !== undefined && each.count > 0 && (
          <span className="text-muted tabular">{each.count.toLocaleString('en')}</span>
        )}
      </Link>
    ))}
  </nav>
);
