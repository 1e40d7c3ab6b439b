import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handleKey } from '@/lib/keys';
import { ColumnsMenu } from './columns-menu';
import { DataTable, LongTable, scrolledTo } from './data-table';
import { chosenOf, columnsOf, figureColumn, shownColumns, type Columns } from './table-columns';
import { useTableRows } from './use-table-rows';

type City = { id: string; name: string; people: number };
const cities = (most: number): City[] =>
  Array.from({ length: most }, (_, n) => ({ id: `c${n}`, name: `City ${n}`, people: n * 1000 }));
const columns: Columns<City> = [
  columnsOf<City>().display({ id: 'name', header: 'City', cell: ({ row }) => row.original.name }),
  figureColumn<City>('people', 'People', (of) => String(of.people), { name: 'People' }),
  columnsOf<City>().display({ id: 'far', header: 'Far', cell: () => 'far', meta: { name: 'Far', from: 'wide' } }),
];
const idOf = (city: City): string => city.id;
const nameOf = (city: City): string => `Select ${city.name}`;
const labels = { next: 'n', previous: 'p', open: 'o', select: 's', selectRange: 'r', group: 'g' };
const card = (city: City) => city.name;
const onMore = vi.fn();

const Long = ({ items, hasMore = false }: { items: City[]; hasMore?: boolean }) => {
  const { rows, chosen } = useTableRows({ items, idOf, labels, onOpen: () => undefined });
  return (
    <>
      <output>{chosen.map((each) => each.name).join(', ')}</output>
      <ColumnsMenu table="cities" columns={columns} />
      <LongTable
        name="cities"
        label="Cities"
        kind="city"
        items={items}
        idOf={idOf}
        nameOf={nameOf}
        card={card}
        card_px={60}
        columns={columns}
        selectAll="Select all"
        rows={rows}
        hasMore={hasMore}
        isReadingMore={false}
        onMore={onMore}
        foot="foot"
      />
    </>
  );
};

const heads = () => screen.getAllByRole('columnheader').map((each) => each.textContent);
const chosen = () => document.querySelector('output')?.textContent;

beforeEach(() => {
  localStorage.clear();
  onMore.mockClear();
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === '(min-width: 1024px)',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal('ResizeObserver', class {
    observe = () => undefined;
    unobserve = () => undefined;
    disconnect = () => undefined;
  });
  // Without a layout a list has no height, and shows none of its rows.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(360);
  addEventListener('keydown', handleKey);
});
afterEach(() => {
  removeEventListener('keydown', handleKey);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('draws the rows and the columns that have room', () => {
  render(<DataTable label="Cities" items={cities(2)} idOf={idOf} columns={columns} rowProps={() => ({ 'data-city': '' })} />);
  expect(heads()).toEqual(['City', 'People']);
  expect(screen.getAllByRole('row')).toHaveLength(3);
  expect(screen.getByText('1000').className).toContain('text-right');
});

it('says of a head that sorts how it does', () => {
  const sorted: Columns<City> = columns.map((each) => ({ ...each, meta: { sorted: 'descending' } }));
  render(<DataTable label="Cities" items={cities(2)} idOf={idOf} columns={sorted.slice(0, 1)} />);
  expect(screen.getByRole('columnheader')).toHaveAttribute('aria-sort', 'descending');
  render(<Long items={cities(2)} />);
  const { queryByRole } = within(screen.getByRole('region', { name: 'Cities' }));
  expect(queryByRole('columnheader', { name: 'City' })).not.toHaveAttribute('aria-sort');
});

it('scrolls as far as a row needs to be seen below the head, and not at all where it is seen', () => {
  const at = (scrollOffset: number) => ({ scrollOffset, scrollRect: { height: 32 + 10 * 36 } });
  expect(scrolledTo(0, 36, at(0), 32)).toBeUndefined();
  expect(scrolledTo(9, 36, at(0), 32)).toBeUndefined();
  expect(scrolledTo(10, 36, at(0), 32)).toBe(36);
  expect(scrolledTo(40, 36, at(36), 32)).toBe(31 * 36);
  expect(scrolledTo(30, 36, at(31 * 36), 32)).toBe(30 * 36);
  expect(scrolledTo(3, 76, { scrollOffset: null, scrollRect: null }, 0)).toBe(4 * 76);
});

it('shows what was chosen before what there is room for, and never takes away a column without a name', () => {
  const room = { desk: true, wide: false };
  expect(shownColumns(columns, {}, room)).toEqual({ name: true, people: true, far: false });
  expect(shownColumns(columns, { name: false, people: false, far: true }, room)).toEqual({
    name: true,
    people: false,
    far: true,
  });
});

it('is not put off by what else a browser may keep', () => {
  expect(chosenOf('not json')).toEqual({});
  expect(chosenOf('null')).toEqual({});
  expect(chosenOf('{"people":false,"far":"yes"}')).toEqual({ people: false });
});

it('draws only the rows near those in sight, says where each stands, and asks for more at the end', () => {
  const { rerender } = render(<Long items={cities(1000)} hasMore />);
  const rows = screen.getAllByRole('row').filter((each) => each.dataset.city);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThan(60);
  expect(rows[3]).toHaveAttribute('aria-rowindex', '5');
  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '-1');
  expect(onMore).not.toHaveBeenCalled();
  rerender(<Long items={cities(12)} hasMore />);
  expect(onMore).toHaveBeenCalled();
});

it('selects a row, a range with Shift, and all', async () => {
  const user = userEvent.setup();
  render(<Long items={cities(6)} />);
  await user.click(screen.getByRole('checkbox', { name: 'Select City 1' }));
  expect(screen.getByRole('checkbox', { name: 'Select City 1' })).toBeChecked();
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Select City 3' }));
  await user.keyboard('{/Shift}');
  expect(chosen()).toBe('City 1, City 2, City 3');
  await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
  expect(chosen()).toContain('City 5');
  await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
  expect(chosen()).toBe('');
});

it('is worked by keys, also after rows have come before the one that they are at', async () => {
  const user = userEvent.setup();
  const { rerender } = render(<Long items={cities(6)} />);
  await user.keyboard('jjx');
  expect(chosen()).toBe('City 1');
  rerender(<Long items={[{ id: 'new', name: 'New', people: 1 }, ...cities(6)]} />);
  await user.keyboard('jj{Shift>}X{/Shift}');
  expect(chosen()).toBe('City 1, City 2, City 3');
  await user.keyboard('x');
  expect(chosen()).toBe('City 1, City 2');
});

it('puts a column away in the menu, and this browser keeps that', async () => {
  const user = userEvent.setup();
  const { unmount } = render(<Long items={cities(3)} />);
  expect(heads()).toEqual(['', 'City', 'People']);
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'People' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'Far' }));
  expect(heads()).toEqual(['', 'City', 'Far']);
  unmount();
  render(<Long items={cities(3)} />);
  expect(heads()).toEqual(['', 'City', 'Far']);
  expect(chosenOf(localStorage.getItem('pulse-columns-cities') ?? '')).toEqual({ people: false, far: true });
});
