/** What a table's columns are, and which of them are shown: by the room there is, or as somebody has chosen. */
import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  tableFeatures,
  type ColumnDef,
  type ColumnHelper,
  type ColumnVisibilityState,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { useMedia } from '@/lib/media';
import { makeKeptStore, useStore } from '@/lib/store';

type ColumnLook = {
  /** Its name in the menu of columns; a column without one cannot be put away. */
  name?: string;
  /** The first size of a window with room for it; what was chosen in the menu counts more. None: it is always there. */
  from?: 'desk' | 'wide';
  /** On the right, in figures of one width. */
  figure?: boolean;
  /** Of its head and its cells. */
  className?: string;
  /** Of its cells alone. */
  cellClassName?: string;
  /** The head's `title`. */
  help?: string;
  /** How the rows are sorted by it, where its head can be pressed for that; none: by something else. */
  sorted?: 'ascending' | 'descending' | 'none';
};

export const tableParts = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<ColumnLook>(),
});
export type TableParts = typeof tableParts;
export type Columns<T extends object> = ColumnDef<TableParts, T, unknown>[];

/** Declares the columns of rows of one type: `columnsOf<Post>().display({ id, header, cell, meta })`. */
export const columnsOf = <T extends object>(): ColumnHelper<TableParts, T> => createColumnHelper<TableParts, T>();

/** A column of figures, which is what most columns are. */
export const figureColumn = <T extends object>(
  id: string,
  header: string,
  figureOf: (item: T) => string,
  meta: ColumnLook = {},
) =>
  columnsOf<T>().display({ id, header, cell: ({ row }) => figureOf(row.original), meta: { figure: true, ...meta } });

type Chosen = Readonly<Record<string, boolean>>;

/** What a browser keeps; nothing where that is none of ours. */
export const chosenOf = (kept: string): Chosen => {
  try {
    const found: unknown = JSON.parse(kept);
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter(([, isShown]) => typeof isShown === 'boolean'));
  } catch {
    return {};
  }
};

/** Which columns are shown: what was chosen, and otherwise what there is room for. */
export const shownColumns = <T extends object>(
  columns: Columns<T>,
  chosen: Chosen,
  room: Readonly<Record<'desk' | 'wide', boolean>>,
): ColumnVisibilityState =>
  Object.fromEntries(
    columns.map(({ id = '', meta }) => [id, (meta?.name && chosen[id]) ?? (meta?.from ? room[meta.from] : true)]),
  ) as ColumnVisibilityState;

const stores = new Map<string, ReturnType<typeof makeKeptStore<string>>>();
const storeOf = (table: string) => {
  const store = stores.get(table) ?? makeKeptStore<string>(`pulse-columns-${table}`, '{}');
  stores.set(table, store);
  return store;
};

/** The columns of a table that are shown, and how to show or hide one; this browser keeps that by the table's name. */
export const useShownColumns = <T extends object>(table: string, columns: Columns<T>) => {
  const kept = useStore(storeOf(table));
  const desk = useMedia('(min-width: 1024px)');
  const wide = useMedia('(min-width: 1280px)');
  const shown = useMemo(() => shownColumns(columns, chosenOf(kept), { desk, wide }), [columns, kept, desk, wide]);
  const show = (id: string, isShown: boolean): void =>
    storeOf(table).set(JSON.stringify({ ...chosenOf(kept), [id]: isShown }));
  return { shown, show };
};
