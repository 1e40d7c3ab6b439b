import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** A table in its sheet: head sunken, rows between hairlines; sideways scroll stays inside. */
export const Table = ({ className, label, children, ...rest }: ComponentProps<'table'> & { label: string }) => (
  // A wide table scrolls sideways, and the arrow keys must be able to scroll it.
  <div
    role="group"
    aria-label={label}
    tabIndex={0}
    className={cn('relative overflow-x-auto rounded-card border border-line', className)}
  >
    <table aria-label={label} className="w-full border-collapse text-left" {...rest}>
      {children}
    </table>
  </div>
);

export const Th = ({ className, figure, ...rest }: ComponentProps<'th'> & { figure?: boolean }) => (
  <th
    scope="col"
    className={cn(
      'h-8 bg-sunken px-3 max-desk:px-2 text-meta font-normal text-muted whitespace-nowrap',
      figure && 'text-right',
      className,
    )}
    {...rest}
  />
);

export const Td = ({ className, figure, ...rest }: ComponentProps<'td'> & { figure?: boolean }) => (
  <td
    className={cn(
      'h-9 border-t border-line-subtle px-3 py-1 max-desk:px-2 align-middle',
      figure && 'text-right whitespace-nowrap tabular',
      className,
    )}
    {...rest}
  />
);
