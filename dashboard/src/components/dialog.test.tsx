import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFocus, nearestTo, placeOf } from '@/lib/focus-place';
import { Button } from './button';
import { Confirm, Dialog } from './dialog';
import { TextArea, TextField } from './field';

let stop = (): void => undefined;
beforeEach(() => {
  stop = keepFocus();
  history.replaceState(undefined, '', '/app/posts');
});
afterEach(() => stop());

const Rows = ({ onSave = () => undefined }: { onSave?: () => void }) => {
  const [rows, setRows] = useState(['one', 'two', 'three']);
  const [asked, setAsked] = useState<string>();
  const [isNaming, setNaming] = useState(false);
  const remove = (name: string) => setRows(rows.filter((each) => each !== name));
  return (
    <main id="main" tabIndex={-1}>
      <Button onClick={() => setNaming(true)}>Name</Button>
      <ul>
        {rows.map((row) => (
          <li key={row}>
            <button onClick={() => setAsked(row)}>Remove {row}</button>
          </li>
        ))}
      </ul>
      <Confirm
        open={asked !== undefined}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title="Remove it?"
        text="It is gone then."
        action="Remove"
        keep="Keep it"
        onConfirm={() => setTimeout(() => asked && remove(asked))}
      />
      <Dialog
        open={isNaming}
        onOpenChange={setNaming}
        title="Name it"
        actions={
          <>
            <Button onClick={() => setNaming(false)}>Cancel</Button>
            <Button kind="primary" onClick={onSave}>
              Save
            </Button>
          </>
        }
      >
        <TextField label="Its name" />
      </Dialog>
    </main>
  );
};

const focused = () => document.activeElement?.textContent ?? '';
const by = (name: string) => screen.getByRole('button', { name });

it('a dialog gives the focus back to what opened it, however it is closed', async () => {
  const user = userEvent.setup();
  render(<Rows />);
  for (const close of [() => user.keyboard('{Escape}'), () => user.click(by('Keep it'))]) {
    by('Remove two').focus();
    await user.keyboard('{Enter}');
    expect(focused()).toBe('Keep it');
    await close();
    await expect.poll(focused).toBe('Remove two');
  }
});

it('a row that is gone hands the focus to the next one, and the last one to the one before', async () => {
  const user = userEvent.setup();
  render(<Rows />);
  const removal = async (of: string) => {
    by(`Remove ${of}`).focus();
    await user.keyboard('{Enter}');
    await user.click(by('Remove'));
    await expect.poll(() => screen.queryByText(`Remove ${of}`)).toBe(null);
  };
  await removal('two');
  await expect.poll(focused).toBe('Remove three');
  await removal('three');
  await expect.poll(focused).toBe('Remove one');
  await removal('one');
  await expect.poll(focused).toBe('Name');
});

it('a dialog opens with its first field, and Enter in it presses the primary button', async () => {
  const user = userEvent.setup();
  let saved = 0;
  render(<Rows onSave={() => (saved += 1)} />);
  by('Name').focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByLabelText('Its name'));
  await user.keyboard('Autumn{Enter}');
  expect(saved).toBe(1);
});

it('who has clicked beside everything is not called back when what they had used goes', async () => {
  const user = userEvent.setup();
  const { container } = render(<Rows />);
  by('Remove one').focus();
  by('Remove one').blur();
  await user.click(container);
  container.querySelector('li')?.remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(document.body);
});

it('on another page the page itself has the focus, so that the keyboard scrolls it', () => {
  render(<Rows />);
  const place = placeOf(by('Remove one'));
  history.pushState(undefined, '', '/app/calendar');
  expect(place && nearestTo(place)?.id).toBe('main');
});

const Writing = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onOpenChange={onClose} title="Write it" actions={<Button onClick={onClose}>Cancel</Button>}>
    <TextArea label="Its text" />
  </Dialog>
);

it('what was written in a dialog is not lost to Escape, to its cross or to a click beside it', async () => {
  const user = userEvent.setup();
  let closed = 0;
  render(<Writing onClose={() => (closed += 1)} />);
  await user.click(screen.getByLabelText('Its text'));
  await user.keyboard('A long text{Escape}');
  expect(closed).toBe(0);
  await user.click(by('Keep writing'));
  expect(screen.getByLabelText<HTMLTextAreaElement>('Its text').value).toBe('A long text');
  await user.keyboard('{Escape}');
  await user.click(by('Discard it'));
  expect(closed).toBe(1);
});

it('a dialog in which nothing was written closes at once, and so does its own button', async () => {
  const user = userEvent.setup();
  let closed = 0;
  render(<Writing onClose={() => (closed += 1)} />);
  await user.keyboard('{Escape}');
  expect(closed).toBe(1);
  await user.click(screen.getByLabelText('Its text'));
  await user.keyboard('A long text');
  await user.click(by('Cancel'));
  expect(closed).toBe(2);
});

it('a dialog that stays open after saving asks about nothing when it is closed', async () => {
  const user = userEvent.setup();
  let closed = 0;
  render(
    <Dialog open onOpenChange={() => (closed += 1)} title="Describe it">
      <TextArea label="Its text" />
      <Button kind="primary">Save</Button>
    </Dialog>,
  );
  await user.click(screen.getByLabelText('Its text'));
  await user.keyboard('A rider in the rain');
  await user.click(by('Save'));
  await user.keyboard('{Escape}');
  expect(closed).toBe(1);
});
