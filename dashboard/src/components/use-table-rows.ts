import type { RowSelectionState } from '@tanstack/react-table';
import { useMemo, useRef, useState } from 'react';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import type { LongTableHandle } from './data-table';

type Labels = Record<'next' | 'previous' | 'open' | 'select' | 'selectRange' | 'group', string>;

type TableRows<T> = {
  items: readonly T[];
  idOf: (item: T) => string;
  labels: Labels;
  onOpen: (item: T) => void;
};

/** The rows of a long table under the hand: J, K and Enter go along them, X and Shift-X select. */
export const useTableRows = <T>({ items, idOf, labels, onOpen }: TableRows<T>) => {
  const ref = useRef<LongTableHandle>(null);
  const [selected, onSelected] = useState<RowSelectionState>({});
  const { current, currentId, setCurrentId } = useListKeys({
    items,
    idOf,
    labels,
    onOpen,
    onMove: (index) => ref.current?.show(index),
  });
  const { group } = labels;
  const select = (isOn?: boolean, isRange?: boolean) => current && ref.current?.select(idOf(current), isOn, isRange);
  useKeys([
    { key: 'x', label: labels.select, group, run: () => select() },
    { key: 'shift+x', label: labels.selectRange, group, run: () => select(true, true) },
  ]);
  const chosen = useMemo(() => items.filter((each) => selected[idOf(each)]), [items, selected, idOf]);
  return {
    current,
    chosen,
    isAnyChosen: Object.keys(selected).length > 0,
    choose: (ids: readonly string[]) => onSelected(Object.fromEntries(ids.map((id) => [id, true as const]))),
    rows: { ref, selected, onSelected, currentId, onFocus: setCurrentId },
  };
};
