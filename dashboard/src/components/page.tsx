/** The parts that every page gives to the frame: its title, its parent, its buttons, and the rail on the right. */
import { createContext, use, useEffect, useLayoutEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { cn } from '@/lib/cn';
import { makeStore } from '@/lib/store';

type PageHead = {
  title: string;
  /** The parent page: "Posts", and its address. */
  parent?: { label: string; to: string };
  /** Hides the frame's own "New post": the page has another primary button, or is the composer itself. */
  ownPrimary?: boolean;
};

export const pageHeadStore = makeStore<PageHead>({ title: '' });
export const pausedTitleStore = makeStore<string>('');

type Slots = { actions: HTMLElement | null; rail: HTMLElement | null };
export const SlotsContext = createContext<Slots>({ actions: null, rail: null });

type PageProps = PageHead & {
  children: ReactNode;
  /** The buttons in the header, the primary one last. */
  actions?: ReactNode;
  /** The column on the right; below 1280 px it is a sheet behind a button. */
  rail?: ReactNode;
  railLabel?: string;
  /** The page's own heading; by default its title is the header's h1. */
  headed?: boolean;
  /** Less space between the parts, for lists that fill the page. */
  dense?: boolean;
  className?: string;
};

export const railStore = makeStore<{ label: string } | undefined>(undefined);

export const Page = ({
  title,
  parent,
  ownPrimary,
  children,
  actions,
  rail,
  railLabel = '',
  headed,
  dense,
  className,
}: PageProps) => {
  const slots = use(SlotsContext);
  const hasRail = rail !== undefined;
  useLayoutEffect(() => {
    pageHeadStore.set({ title, parent, ownPrimary });
    // `parent` is a new object in every rendering; its parts tell whether it has changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [title, parent?.label, parent?.to, ownPrimary]);
  useEffect(() => {
    railStore.set(hasRail ? { label: railLabel } : undefined);
    return () => railStore.set(undefined);
  }, [hasRail, railLabel]);
  return (
    <div
      className={cn(
        'mx-auto flex w-full max-w-[75rem] flex-col px-5 py-5 max-tablet:px-4 max-tablet:py-4',
        dense ? 'gap-3' : 'gap-6 max-tablet:gap-5',
        className,
      )}
    >
      {!headed && <h1 className="sr-only">{title}</h1>}
      {children}
      {actions && slots.actions && createPortal(actions, slots.actions)}
      {rail && slots.rail && createPortal(rail, slots.rail)}
    </div>
  );
};

/** On a phone the header has no room for the page's buttons, so the page places them with this. */
export const PhoneActions = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div className={cn('flex flex-wrap gap-2 empty:hidden tablet:hidden', className)}>{children}</div>
);

/** A section of a page with its heading, and the elements beside the heading. */
export const Section = ({
  title,
  count,
  aside,
  children,
  className,
  id,
}: {
  title: string;
  count?: number;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}) => (
  <section aria-label={title} className={cn('flex min-w-0 flex-col gap-2', className)} id={id}>
    <div className="flex min-h-6 items-baseline gap-2">
      <h2 className="font-heading">{title}</h2>
      {count !== undefined && <span className="text-muted tabular">{count.toLocaleString('en')}</span>}
      {aside && (
        // On a phone a thumb needs more than the line is high.
        <div className="ml-auto text-meta max-tablet:[&_a]:-my-3.5 max-tablet:[&_a]:inline-flex max-tablet:[&_a]:min-h-11 max-tablet:[&_a]:items-center">
          {aside}
        </div>
      )}
    </div>
    {children}
  </section>
);

/** A white sheet with a hairline around. */
export const Card = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div className={cn('rounded-card border border-line bg-surface', className)}>{children}</div>
);
