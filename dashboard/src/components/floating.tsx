/**
 * What floats beside something on the page: menus, popovers, tooltips, and the other readings of a time. The page is
 * drawn without them; they are fetched with the first pointer or focus that comes near, or when the page is idle.
 */
import type { DropdownMenu } from 'radix-ui';
import { createContext, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { whenThere } from '@/lib/when-there';

export const loadFloats = whenThere(() => import('./floats'));

/** Fetches them while nothing else is going on: the first click on a phone has no pointer before it. */
export const loadFloatsLater = (): void => {
  const load = (): void => void loadFloats();
  if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 5_000 });
  else setTimeout(load, 2_000);
};

/** What the items of a menu are made of; there once a menu is. */
export const MenuParts = createContext<typeof DropdownMenu | undefined>(undefined);

export type Anchor = {
  ref: RefObject<HTMLElement | null>;
  /** It listens for itself from now on. */
  onReady: () => void;
};

type Listeners = Record<'onPointerEnter' | 'onFocus', () => void> &
  Partial<Record<'onClick', () => void> & Record<'onPointerDown', (event: PointerEvent) => void>>;

type Opening = {
  /** What opens it; by default the pointer being there. */
  by?: 'press' | 'click';
  /** Opened before what opens listens for itself. */
  onOpen?: (() => void) | undefined;
};

export const useAnchor = ({ by, onOpen }: Opening = {}): { isWanted: boolean; anchor: Anchor; listeners: Listeners } => {
  const ref = useRef<HTMLElement>(null);
  const [isWanted, setWanted] = useState(false);
  const isReady = useRef(false);
  const want = (): void => setWanted(true);
  const open = (): void => {
    if (isReady.current) return;
    setWanted(true);
    onOpen?.();
  };
  const press = (event: PointerEvent): void => {
    if (isReady.current || event.button !== 0 || event.ctrlKey) return;
    // The press would give its button the focus, which closes what has just opened.
    event.preventDefault();
    open();
  };
  return {
    isWanted,
    anchor: {
      ref,
      onReady: () => {
        isReady.current = true;
      },
    },
    listeners: {
      onPointerEnter: want,
      onFocus: want,
      ...(by ? { onClick: open } : {}),
      ...(by === 'press' ? { onPointerDown: press } : {}),
    },
  };
};
