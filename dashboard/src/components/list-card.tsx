/** A list for the keyboard: one row for each entry, and the current row is marked. */
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { Card } from './page';

export const ListCard = ({ label, children }: { label: string; children: ReactNode }) => (
  <Card>
    <ul aria-label={label}>{children}</ul>
  </Card>
);

export const ListRow = ({ isCurrent, className, ...more }: ComponentProps<'li'> & { isCurrent: boolean }) => (
  <li
    aria-current={isCurrent || undefined}
    className={cn(
      'flex min-h-(--row) items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0',
      isCurrent && 'bg-accent-tint',
      className,
    )}
    {...more}
  />
);
