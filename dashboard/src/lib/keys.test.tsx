import { render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handleKey, keyText, singleKeysStore, useKeys } from './keys';

const Bound = ({ on, inFields }: { on: Record<string, () => void>; inFields?: boolean }) => {
  useKeys(Object.entries(on).map(([key, run]) => ({ key, run, inFields })));
  return <input aria-label="field" />;
};
const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => addEventListener('keydown', handleKey));
afterEach(() => {
  removeEventListener('keydown', handleKey);
  singleKeysStore.set('on');
});

it('a key runs what is bound to it, and not while a field has the focus', () => {
  const run = vi.fn();
  const { getByLabelText } = render(<Bound on={{ c: run }} />);
  press('c');
  expect(run).toHaveBeenCalledTimes(1);
  press('c', {}, getByLabelText('field'));
  expect(run).toHaveBeenCalledTimes(1);
});

it('two keys one after the other are one binding', () => {
  const go = vi.fn();
  const plain = vi.fn();
  render(<Bound on={{ 'g o': go, o: plain }} />);
  press('g');
  press('o');
  expect(go).toHaveBeenCalledTimes(1);
  expect(plain).not.toHaveBeenCalled();
  press('o');
  expect(plain).toHaveBeenCalledTimes(1);
});

it('single keys can be switched off, others stay', () => {
  const single = vi.fn();
  const withMod = vi.fn();
  render(<Bound on={{ c: single, 'mod+k': withMod }} />);
  singleKeysStore.set('off');
  press('c');
  press('k', { ctrlKey: true });
  expect(single).not.toHaveBeenCalled();
  expect(withMod).toHaveBeenCalledTimes(1);
});

it('a key is shown as people know it', () => {
  expect(keyText('g o')).toBe('G O');
  expect(keyText('shift+x')).toMatch(/X$/);
});
