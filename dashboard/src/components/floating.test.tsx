import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, expect, it, vi } from 'vitest';
import { Menu, MenuItem } from './menu';
import { Popover } from './popover';
import { Tooltip } from './tooltip';

beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      unobserve = () => undefined;
      disconnect = () => undefined;
    },
  );
  Element.prototype.scrollIntoView = () => undefined;
});

const chosen = vi.fn();
const Actions = () => (
  <Menu trigger={<button type="button">Actions</button>}>
    <MenuItem onSelect={() => chosen('first')}>First</MenuItem>
    <MenuItem onSelect={() => chosen('second')}>Second</MenuItem>
  </Menu>
);
const News = () => {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen} label="News" trigger={<button type="button">News</button>}>
      <a href="/somewhere">A link</a>
    </Popover>
  );
};
const button = (name: string) => screen.getByRole('button', { name });

// First: once a pointer has been used, jsdom takes no focus for one that is seen.
it('a tooltip describes what has the focus', async () => {
  render(
    <Tooltip text="Says more">
      <button type="button">Short</button>
    </Tooltip>,
  );
  await userEvent.tab();
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Says more');
  expect(button('Short')).toHaveAccessibleDescription('Says more');
  await userEvent.tab();
  await waitFor(() => expect(screen.queryByRole('tooltip')).not.toBeInTheDocument());
  expect(button('Short').hasAttribute('aria-describedby')).toBe(false);
});

it('a menu opens with the first click, though it is only fetched then, and says so', async () => {
  render(<Actions />);
  expect(button('Actions').getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(button('Actions'));
  expect(await screen.findByRole('menu', { name: 'Actions' })).toBeInTheDocument();
  expect(button('Actions').getAttribute('aria-expanded')).toBe('true');
  await userEvent.click(screen.getByRole('menuitem', { name: 'Second' }));
  expect(chosen).toHaveBeenLastCalledWith('second');
  await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
  expect(button('Actions').getAttribute('aria-expanded')).toBe('false');
});

it('a menu is worked with the keyboard alone, and gives the focus back', async () => {
  render(<Actions />);
  await userEvent.tab();
  // It has been fetched by the time that somebody presses a key.
  await waitFor(() => expect(button('Actions').id).not.toBe(''));
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByRole('menuitem', { name: 'First' })).toHaveFocus());
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(chosen).toHaveBeenLastCalledWith('second');
  await waitFor(() => expect(button('Actions')).toHaveFocus());
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('menu');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(button('Actions')).toHaveFocus());
});

it('a popover opens with a click, and closes with the next one', async () => {
  render(<News />);
  await userEvent.click(button('News'));
  expect(await screen.findByRole('dialog', { name: 'News' })).toBeInTheDocument();
  await userEvent.click(button('News'));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await userEvent.click(button('News'));
  await screen.findByRole('dialog');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(button('News')).toHaveFocus());
});
