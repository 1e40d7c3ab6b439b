import { act, render, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDraft, type Draft } from './draft';
import { forget, keep, readKept, useDraftPlace, useKept, type Basis } from './kept';

const written = (text: string): Draft => ({ ...emptyDraft, text });

beforeEach(() => localStorage.clear());

describe('what the browser keeps', () => {
  it('comes back, and an empty draft is not kept', () => {
    keep('p', written('Half a sentence'));
    expect(readKept('p')?.draft.text).toBe('Half a sentence');
    keep('p', emptyDraft);
    expect(readKept('p')).toBeUndefined();
  });

  it('that is broken is passed over', () => {
    localStorage.setItem('pulse-draft-p', '{"text":7');
    expect(readKept('p')).toBeUndefined();
    forget('p');
  });

  it('of an edit says what that began with', () => {
    const basis: Basis = { etag: '"1"', content: written('Theirs') };
    keep('e', written('Mine'), basis);
    expect(readKept('e')).toEqual({ draft: written('Mine'), basis });
  });
});

describe('while one writes', () => {
  const Writing = ({ draft, isOn = true }: { draft: Draft; isOn?: boolean }) => {
    useKept('p', draft, isOn);
    return null;
  };

  it('the last word is kept when the page goes at once, by the way back or by a reload', () => {
    const { rerender, unmount } = render(<Writing draft={emptyDraft} />);
    rerender(<Writing draft={written('Just typed')} />);
    dispatchEvent(new Event('pagehide'));
    expect(readKept('p')?.draft.text).toBe('Just typed');
    rerender(<Writing draft={written('Just typed, too')} />);
    unmount();
    expect(readKept('p')?.draft.text).toBe('Just typed, too');
  });

  it('what was sent, or is as it was, is not kept', () => {
    keep('p', written('Sent'));
    const { rerender, unmount } = render(<Writing draft={written('Sent')} />);
    rerender(<Writing draft={written('Sent')} isOn={false} />);
    unmount();
    expect(readKept('p')).toBeUndefined();
  });
});

describe('the place of a tab', () => {
  const held = new Set<string>();
  beforeEach(() => {
    held.clear();
    const request = async (name: string, _: LockOptions, run: (lock: unknown) => Promise<void> | undefined) => {
      await Promise.resolve();
      if (held.has(name)) return run(null);
      held.add(name);
      await run({ name });
      held.delete(name);
    };
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { locks: { request } }));
  });
  const placeIn = async (base: string) => {
    const tab = renderHook(() => useDraftPlace(base));
    await expect.poll(() => tab.result.current).toBeDefined();
    return tab;
  };

  it('is its own while another tab writes, and is free again once that is gone', async () => {
    const first = await placeIn('a');
    const second = await placeIn('a');
    expect([first.result.current, second.result.current]).toEqual(['a', 'a-2']);
    await act(async () => first.unmount());
    expect((await placeIn('a')).result.current).toBe('a');
  });

  it('is first the one in which something was left behind', async () => {
    keep('b-2', written('Left in a second tab'));
    expect((await placeIn('b')).result.current).toBe('b-2');
  });
});
