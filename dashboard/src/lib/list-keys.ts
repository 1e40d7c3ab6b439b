import { useEffect, useRef, useState } from 'react';
import { useKeys, type KeyBinding } from '@/lib/keys';

type ListKeys<T> = {
  items: readonly T[];
  idOf: (item: T) => string;
  labels: { next: string; previous: string; open: string; group: string };
  onOpen: (item: T) => void;
  /** Scrolls the row into view, where the list draws rows as they come by. Others mark theirs with `aria-current`. */
  onMove?: (index: number) => void;
  more?: (current: T | undefined) => KeyBinding[];
  enabled?: boolean;
};

/** J, K and Enter for a list. The current row is remembered by its id, so that a live change does not move it. */
export const useListKeys = <T>({ items, idOf, labels, onOpen, onMove, more, enabled }: ListKeys<T>) => {
  const [currentId, setCurrentId] = useState<string>();
  const index = items.findIndex((each) => idOf(each) === currentId);
  const current = items[index];
  // Whoever works down a list goes on where it was: a row that is gone leaves its place to the next one.
  const neighbours = useRef<string[]>([]);
  useEffect(() => {
    if (index >= 0) {
      neighbours.current = [items[index + 1], items[index - 1]].flatMap((each) => (each ? [idOf(each)] : []));
    } else if (currentId !== undefined && neighbours.current.length > 0) {
      const heir = neighbours.current.find((id) => items.some((each) => idOf(each) === id));
      if (heir !== undefined) setCurrentId(heir);
    }
    // With every change of the list; `idOf` is a new function each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [items, index, currentId]);
  // By keys only: what a pointer or the focus is on is in view already.
  const isMoved = useRef(false);
  useEffect(() => {
    if (isMoved.current) document.querySelector('main [aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    isMoved.current = false;
  }, [currentId]);
  const move = (step: number) => {
    const next = Math.min(items.length - 1, Math.max(0, index < 0 ? (step > 0 ? 0 : items.length - 1) : index + step));
    const item = items[next];
    if (!item) return;
    setCurrentId(idOf(item));
    if (onMove) onMove(next);
    else isMoved.current = idOf(item) !== currentId;
  };
  useKeys(
    [
      { key: 'j', label: labels.next, group: labels.group, run: () => move(1) },
      { key: 'k', label: labels.previous, group: labels.group, run: () => move(-1) },
      {
        key: 'Enter',
        run: (event) => {
          // A focused button or link handles the key itself.
          const target = event.target;
          if (target instanceof HTMLElement && target.closest('button,a,input,summary')) {
            target.closest<HTMLElement>('button,a,summary')?.click();
            return;
          }
          if (current) onOpen(current);
        },
      },
      ...(more?.(current) ?? []),
    ],
    enabled,
  );
  return { current, currentId, setCurrentId, index };
};
