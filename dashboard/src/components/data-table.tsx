/** Tables whose columns are declared once: a short one, and a long one whose rows are drawn as they scroll by. */
import {
  useTable,
  type Cell,
  type Header,
  type Row,
  type RowSelectionState,
  type Updater,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  type ComponentProps,
  type ReactNode,
  type Ref,
} from 'react';
import { Table, Td, Th } from '@/components/table';
import { cn } from '@/lib/cn';
import { useMedia } from '@/lib/media';
import { columnsOf, tableParts, useShownColumns, type Columns, type TableParts } from './table-columns';

type HeadOf<T extends object> = Header<TableParts, T, unknown>;
type CellOf<T extends object> = Cell<TableParts, T, unknown>;
type RowOf<T extends object> = Row<TableParts, T>;

// Called rather than made an element of: a column that is declared anew keeps what its cells hold, such as the focus.
const drawn = (template: unknown, context: unknown): ReactNode =>
  typeof template === 'function'
    ? (template as (given: unknown) => ReactNode)(context)
    : (template as ReactNode);
const drawnHead = <T extends object>(head: HeadOf<T>): ReactNode =>
  drawn(head.column.columnDef.header, head.getContext());
const drawnCell = <T extends object>(cell: CellOf<T>): ReactNode => drawn(cell.column.columnDef.cell, cell.getContext());

type DataTableProps<T extends object> = {
  label: string;
  items: readonly T[];
  idOf: (item: T) => string;
  columns: Columns<T>;
  className?: string;
  rowProps?: (item: T) => ComponentProps<'tr'> & { [data: `data-${string}`]: string | undefined };
};

/** A table of few rows. */
export const DataTable = <T extends object>({ label, items, idOf, columns, className, rowProps }: DataTableProps<T>) => {
  const { shown } = useShownColumns('', columns);
  const table = useTable({
    features: tableParts,
    columns,
    data: items,
    getRowId: idOf,
    state: { columnVisibility: shown },
  });
  return (
    <Table label={label} className={className}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((head) => {
              const { figure, className: own, help, sorted } = head.column.columnDef.meta ?? {};
              return (
                <Th key={head.id} figure={figure} className={own} title={help} aria-sort={sorted}>
                  {drawnHead(head)}
                </Th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} {...rowProps?.(row.original)}>
            {row.getVisibleCells().map((cell) => {
              const { figure, className: own, cellClassName } = cell.column.columnDef.meta ?? {};
              return (
                <Td key={cell.id} figure={figure} className={cn(own, cellClassName)}>
                  {drawnCell(cell)}
                </Td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

export type LongTableHandle = {
  /** Scrolls a row into view. */
  show: (index: number) => void;
  /** Selects a row, or all from the one before up to it; without `isOn` the other way round. */
  select: (id: string, isOn?: boolean, isRange?: boolean) => void;
};

/** What `useTableRows` holds of the rows. */
export type LongTableRows = {
  ref: Ref<LongTableHandle>;
  selected: RowSelectionState;
  onSelected: (next: Updater<RowSelectionState>) => void;
  currentId: string | undefined;
  onFocus: (id: string) => void;
};

type LongTableProps<T extends object> = {
  /** Under it this browser keeps the columns. */
  name: string;
  label: string;
  items: readonly T[];
  /** These three do not change while the table is there: a row is drawn again only when what it shows does. */
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  card: (item: T) => ReactNode;
  columns: Columns<T>;
  /** `data-post` for "post". */
  kind: string;
  card_px: number;
  selectAll: string;
  rows: LongTableRows;
  /** Whether the server has more than `items`, and whether they are loading. */
  hasMore: boolean;
  isReadingMore: boolean;
  onMore: () => void;
  foot: ReactNode;
};

const row_px = 36;
const head_px = 32;
const rowsAhead = 12;
const isRangeEvent = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'isRange' in event && event.isRange === true;

const Box = (props: ComponentProps<'input'>) => (
  // The label is the target, and is larger than its box.
  <label className="flex size-8 items-center justify-center">
    <input type="checkbox" className="block size-4 accent-accent" {...props} />
  </label>
);

type LineProps<T extends object> = {
  row: RowOf<T>;
  columns: Columns<T>;
  shown: object;
  index: number;
  kind: string;
  isSelected: boolean;
  isCurrent: boolean;
  onFocus: (id: string) => void;
};

const PlainLine = <T extends object>({ row, index, kind, isSelected, isCurrent, onFocus }: LineProps<T>) => (
  <tr
    aria-selected={isSelected}
    aria-current={isCurrent || undefined}
    aria-rowindex={index + 2}
    onFocus={() => onFocus(row.id)}
    {...{ [`data-${kind}`]: row.id }}
    className={cn(
      'h-9 border-t [&>td]:align-middle border-line-subtle hover:bg-hover',
      isSelected && 'bg-accent-tint hover:bg-accent-tint',
      isCurrent && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
    )}
  >
    {row.getVisibleCells().map((cell) => {
      const { figure, cellClassName } = cell.column.columnDef.meta ?? {};
      return (
        <td key={cell.id} className={cn('pr-3', figure && 'text-right whitespace-nowrap tabular', cellClassName)}>
          {drawnCell(cell)}
        </td>
      );
    })}
  </tr>
);

/** A row is made anew with each list that arrives, though most of them show the same. */
const isSameLine = <T extends object>(a: LineProps<T>, b: LineProps<T>): boolean =>
  a.row.original === b.row.original &&
  a.columns === b.columns &&
  a.shown === b.shown &&
  a.index === b.index &&
  a.isSelected === b.isSelected &&
  a.isCurrent === b.isCurrent &&
  a.onFocus === b.onFocus;

const Line = memo(PlainLine, isSameLine) as typeof PlainLine;

type PlainCardProps<T> = { item: T; id: string; kind: string; card: (item: T) => ReactNode };
const PlainCard = <T extends object>({ item, id, kind, card }: PlainCardProps<T>) => (
  <tr className="border-t border-line-subtle first:border-t-0" {...{ [`data-${kind}`]: id }}>
    <td className="p-0">{card(item)}</td>
  </tr>
);
const CardLine = memo(PlainCard) as typeof PlainCard;

type Scrolled = { scrollOffset: number | null; scrollRect: { height: number } | null };

/** How far down a list of equal rows below a head that stays has to be, for a row to be in view; none: it is. */
export const scrolledTo = (
  index: number,
  height: number,
  { scrollOffset, scrollRect }: Scrolled,
  head: number,
): number | undefined => {
  const top = scrollOffset ?? 0;
  const room = (scrollRect?.height ?? 0) - head;
  const start = index * height;
  if (start < top) return start;
  return start + height > top + room ? start + height - room : undefined;
};

type SheetProps<T extends object> = Omit<LongTableProps<T>, 'nameOf' | 'selectAll' | 'items' | 'idOf' | 'name'> & {
  head: ReactNode;
  lines: RowOf<T>[];
  shown: object;
  onSelect: LongTableHandle['select'];
};

/** Only this renders while scrolling, so that a frame costs only the new rows. */
const Sheet = <T extends object>({
  label,
  kind,
  card,
  card_px,
  columns,
  rows: { ref, selected, currentId, onFocus },
  hasMore,
  isReadingMore,
  onMore,
  foot,
  head,
  lines,
  shown,
  onSelect,
}: SheetProps<T>) => {
  const isPhone = useMedia('(max-width: 639px)');
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? card_px : row_px),
    overscan: rowsAhead,
  });
  useImperativeHandle(
    ref,
    () => ({
      // All rows are of one height, so nothing need be measured: the virtualizer's own way reads the layout in several
      // frames of every key, also where the row is in view already.
      show: (index) => {
        const top = scrolledTo(index, isPhone ? card_px : row_px, virtual, isPhone ? 0 : head_px);
        if (top !== undefined && scroller.current) scroller.current.scrollTop = top;
      },
      select: onSelect,
    }),
    [virtual, onSelect, isPhone, card_px],
  );
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - rowsAhead && hasMore && !isReadingMore) onMore();
  }, [last, lines.length, hasMore, isReadingMore, onMore]);
  const top = seen[0]?.start ?? 0;
  const bottom = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-auto rounded-card border border-line"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className="w-full table-fixed border-collapse text-left" aria-rowcount={hasMore ? -1 : lines.length + 1}>
        {!isPhone && head}
        <tbody>
          {top > 0 && <tr aria-hidden style={{ height: top }} />}
          {seen.map(({ index }) => {
            const row = lines[index];
            if (!row) return null;
            if (isPhone) return <CardLine key={row.id} item={row.original} id={row.id} kind={kind} card={card} />;
            return (
              <Line
                key={row.id}
                row={row}
                columns={columns}
                shown={shown}
                index={index}
                kind={kind}
                isSelected={selected[row.id] ?? false}
                isCurrent={row.id === currentId}
                onFocus={onFocus}
              />
            );
          })}
          {bottom > 0 && <tr aria-hidden style={{ height: bottom }} />}
        </tbody>
      </table>
      <p className="border-t border-line-subtle px-3 py-1.5 text-meta text-muted" role="status">
        {foot}
      </p>
    </div>
  );
};

/** A table of any number of rows, which can be selected; on a phone a row is a card. */
export const LongTable = <T extends object>({
  name,
  items,
  idOf,
  nameOf,
  selectAll,
  columns: given,
  ...rest
}: LongTableProps<T>) => {
  const { selected, onSelected } = rest.rows;
  const columns = useMemo<Columns<T>>(
    () => [
      columnsOf<T>().display({
        id: 'select',
        header: ({ table }) => (
          <Box
            aria-label={selectAll}
            checked={table.getIsAllRowsSelected()}
            onChange={table.getToggleAllRowsSelectedHandler()}
          />
        ),
        cell: ({ row, table }) => (
          <Box
            aria-label={nameOf(row.original)}
            checked={row.getIsSelected()}
            onChange={({ target, nativeEvent }) =>
              // The row as it stands now: others may have come before it since this one was drawn.
              table.getRow(row.id).getToggleSelectedHandler()({
                target,
                isRange: nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
              })
            }
          />
        ),
        meta: { className: 'w-11 pl-1', cellClassName: 'pl-1' },
      }),
      ...given,
    ],
    [given, nameOf, selectAll],
  );
  const { shown } = useShownColumns(name, columns);
  const table = useTable({
    features: tableParts,
    columns,
    data: items,
    getRowId: idOf,
    state: { columnVisibility: shown, rowSelection: selected },
    onRowSelectionChange: onSelected,
    isRowRangeSelectionEvent: isRangeEvent,
  });
  const latest = useRef(table);
  useEffect(() => {
    latest.current = table;
  });
  const select = useRef<LongTableHandle['select']>((id, isOn, isRange) => {
    const row = latest.current.getRow(id);
    row.getToggleSelectedHandler()({ target: { checked: isOn ?? !row.getIsSelected() }, isRange });
  }).current;
  const head = (
    <thead className="sticky top-0 z-1 bg-sunken text-meta text-muted">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} className="h-8" aria-rowindex={1}>
          {group.headers.map((each) => {
            const { figure, className, sorted } = each.column.columnDef.meta ?? {};
            return (
              <th
                key={each.id}
                scope="col"
                aria-sort={sorted}
                className={cn('pr-3 font-normal', figure && 'text-right', className)}
              >
                {drawnHead(each)}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
  return (
    <Sheet {...rest} columns={columns} head={head} lines={table.getRowModel().rows} shown={shown} onSelect={select} />
  );
};
