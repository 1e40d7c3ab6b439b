import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handleKey } from './keys';
import { useListKeys } from './list-keys';

beforeEach(() => addEventListener('keydown', handleKey));
afterEach(() => removeEventListener('keydown', handleKey));

const press = (key: string) => act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const listOf = (items: string[]) =>
  renderHook(
    (given: { items: string[] }) =>
      useListKeys({
        items: given.items,
        idOf: (each) => each,
        labels: { next: 'Next', previous: 'Previous', open: 'Open', group: 'Page' },
        onOpen: () => undefined,
      }),
    { initialProps: { items } },
  );

it('when the row goes that the keys are at, the next one takes its place; of the last one, the one before', () => {
  const list = listOf(['a', 'b', 'c']);
  press('j');
  press('j');
  expect(list.result.current.current).toBe('b');
  list.rerender({ items: ['a', 'c'] });
  expect(list.result.current.current).toBe('c');
  list.rerender({ items: ['a'] });
  expect(list.result.current.current).toBe('a');
});

it('a list that is another one has no row of the last', () => {
  const list = listOf(['a', 'b']);
  press('j');
  list.rerender({ items: ['x', 'y'] });
  expect(list.result.current.current).toBeUndefined();
});

it('the row that the keys have gone to is brought into view, and one that was touched stays where it is', () => {
  const main = document.body.appendChild(document.createElement('main'));
  const row = main.appendChild(document.createElement('p'));
  const brought = vi.fn();
  row.setAttribute('aria-current', 'true');
  row.scrollIntoView = brought;
  const list = listOf(['a', 'b']);
  act(() => list.result.current.setCurrentId('b'));
  expect(brought).not.toHaveBeenCalled();
  press('k');
  expect(brought).toHaveBeenCalledExactlyOnceWith({ block: 'nearest' });
  main.remove();
});
