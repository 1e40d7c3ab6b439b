/** The floating parts themselves, on Radix; see floating.tsx for when they are fetched. */
import { DropdownMenu, HoverCard, Popover, Tooltip } from 'radix-ui';
import { useEffect, useLayoutEffect, useRef, type ComponentProps, type ReactNode, type Ref } from 'react';
import { cn } from '@/lib/cn';
import { MenuParts, type Anchor } from './floating';

const events = {
  onPointerEnter: 'pointerenter',
  onPointerMove: 'pointermove',
  onPointerLeave: 'pointerleave',
  onPointerDown: 'pointerdown',
  onFocus: 'focus',
  onBlur: 'blur',
  onClick: 'click',
  onKeyDown: 'keydown',
} as const;

type Handlers = Partial<Record<keyof typeof events, (event: Event) => void>>;
type StandProps = { anchor: Anchor; ref?: Ref<HTMLElement> } & Record<string, unknown>;

/** What it says about itself; `data-state` is the page's own word. */
const isShown = (name: string): boolean => name === 'id' || name.startsWith('aria-');

/**
 * Stands where Radix wants its trigger, and hands it the element that is on the page already: with what it listens for,
 * and with what it says about itself.
 */
const Stand = ({ anchor, ref, ...given }: StandProps) => {
  const { ref: place, onReady } = anchor;
  useLayoutEffect(() => {
    if (typeof ref === 'function') ref(place.current);
    else if (ref) ref.current = place.current;
  }, [ref, place]);
  const latest = useRef<Handlers>({});
  useEffect(() => {
    const element = place.current;
    const handlers = given as Handlers;
    latest.current = handlers;
    const heard = (Object.keys(events) as (keyof typeof events)[]).flatMap((name) => {
      const handler = handlers[name];
      if (!handler || !element) return [];
      element.addEventListener(events[name], handler);
      return [() => element.removeEventListener(events[name], handler)];
    });
    return () => heard.forEach((stop) => stop());
  });
  const set = useRef(new Set<string>());
  useEffect(() => {
    for (const [name, value] of Object.entries(given)) {
      if (!isShown(name) || (value === undefined && !set.current.has(name))) continue;
      if (value === undefined) place.current?.removeAttribute(name);
      else place.current?.setAttribute(name, String(value));
      set.current.add(name);
    }
  });
  // The pointer or the focus that it was fetched for is there already. Told once Radix has settled: what opens while it
  // is still being put together closes again.
  useEffect(() => {
    onReady();
    const told = setTimeout(() => {
      const element = place.current;
      const { onFocus, onPointerEnter, onPointerMove } = latest.current;
      const arrived = new PointerEvent('pointermove', { pointerType: 'mouse' });
      if (element === document.activeElement && element?.matches(':focus-visible')) onFocus?.(new FocusEvent('focus'));
      else if (element?.matches(':hover')) (onPointerEnter ?? onPointerMove)?.(arrived);
    });
    return () => clearTimeout(told);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return null;
};

type BesideProps = Pick<
  ComponentProps<typeof Popover.Content>,
  'align' | 'side' | 'sideOffset' | 'className' | 'aria-label' | 'children'
> & { of: typeof DropdownMenu | typeof Popover | typeof Tooltip | typeof HoverCard; anchor: Anchor };

/** What floats beside its anchor, within a Root of the same kind. */
const Beside = ({ of: Radix, anchor, className, ...content }: BesideProps) => (
  <>
    <Radix.Trigger asChild>
      <Stand anchor={anchor} />
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        {...content}
        collisionPadding={8}
        className={cn('float border border-line bg-raised shadow-menu', className)}
      />
    </Radix.Portal>
  </>
);

// Menus and popovers share the layer of dialogs: what was opened last lies on top, also within a dialog.
type Opened = {
  anchor: Anchor;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export const MenuFloat = ({ anchor, children, align, ...opened }: Opened & { align: 'start' | 'end' }) => (
  <DropdownMenu.Root {...opened} modal={false}>
    <Beside
      of={DropdownMenu}
      anchor={anchor}
      align={align}
      sideOffset={4}
      className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-[min(22rem,calc(100vw-1rem))] min-w-52 overflow-y-auto rounded-card p-1"
    >
      <MenuParts value={DropdownMenu}>{children}</MenuParts>
    </Beside>
  </DropdownMenu.Root>
);

type PopoverFloatProps = Opened & Pick<BesideProps, 'align' | 'className'> & { label?: string };

export const PopoverFloat = ({ open, onOpenChange, label, className, ...content }: PopoverFloatProps) => (
  <Popover.Root open={open} onOpenChange={onOpenChange}>
    <Beside
      of={Popover}
      {...content}
      sideOffset={4}
      aria-label={label}
      className={cn('z-50 max-w-[calc(100vw-1rem)] rounded-card text-body focus:outline-none', className)}
    />
  </Popover.Root>
);

const delay_ms = 400;
/** So soon after another one a tooltip comes at once. */
const again_ms = 300;
let closedAt = 0;

type Shown = { anchor: Anchor; children: ReactNode };

export const TooltipFloat = (shown: Shown & { side?: 'top' | 'right' | 'bottom' | undefined }) => (
  <Tooltip.Provider delayDuration={performance.now() - closedAt < again_ms ? 0 : delay_ms}>
    <Tooltip.Root
      onOpenChange={(open) => {
        if (!open) closedAt = performance.now();
      }}
    >
      <Beside
        of={Tooltip}
        {...shown}
        sideOffset={6}
        className="z-70 flex max-w-xs items-center gap-2 rounded-control px-2 py-1 text-meta text-text"
      />
    </Tooltip.Root>
  </Tooltip.Provider>
);

export const CardFloat = (shown: Shown) => (
  <HoverCard.Root openDelay={350}>
    <Beside of={HoverCard} {...shown} sideOffset={6} className="z-70 rounded-card px-3 py-2 text-meta" />
  </HoverCard.Root>
);
