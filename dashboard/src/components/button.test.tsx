import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Button } from './button';

it('keeps the focus while what it began is under way, and begins nothing twice', async () => {
  const run = vi.fn();
  const { rerender } = render(<Button onClick={run}>Save</Button>);
  await userEvent.click(screen.getByRole('button'));
  rerender(
    <Button busy onClick={run}>
      Save
    </Button>,
  );
  expect(document.activeElement).toBe(screen.getByRole('button'));
  await userEvent.click(screen.getByRole('button'));
  expect(run).toHaveBeenCalledTimes(1);
});

it('sends no form a second time while the first is under way', async () => {
  const send = vi.fn((event: React.FormEvent) => event.preventDefault());
  render(
    <form onSubmit={send}>
      <input aria-label="Name" />
      <Button type="submit" busy>
        Save
      </Button>
    </form>,
  );
  await userEvent.type(screen.getByLabelText('Name'), 'Ada{Enter}');
  expect(send).not.toHaveBeenCalled();
});
