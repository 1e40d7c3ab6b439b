import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Problem } from './problem';
import type { Basis } from './shared-draft';
import { useSharedForm } from './shared-form';

type Draft = { a: string };
const version = (etag: string, a: string): Basis<Draft> => ({ etag, draft: { a } });

const form = (first: Basis<Draft>) => renderHook(({ now }) => useSharedForm(now), { initialProps: { now: first } });

/** A form in which "mine" is typed, while somebody else has saved "theirs" as version 2. */
const met = () => {
  const made = form(version('1', 'x'));
  act(() => made.result.current.setDraft({ a: 'mine' }));
  made.rerender({ now: version('2', 'theirs') });
  return made;
};

it('saves over what it began with; once somebody else has saved, it asks instead', () => {
  const save = vi.fn();
  const { result, rerender } = form(version('1', 'x'));
  act(() => result.current.setDraft({ a: 'mine' }));
  act(() => result.current.keep(save));
  expect(save).toHaveBeenCalledExactlyOnceWith(version('1', 'x'));
  expect(result.current.isChoosing).toBe(false);
  rerender({ now: version('2', 'theirs') });
  act(() => result.current.keep(save));
  expect(save).toHaveBeenCalledOnce();
  expect(result.current).toMatchObject({ isChoosing: true, theirs: version('2', 'theirs') });
});

it('mine is saved over theirs, or theirs is gone on with; either way the choice is over', () => {
  const save = vi.fn();
  const mine = met();
  act(() => mine.result.current.keep(save));
  act(() => mine.result.current.keepMine(save));
  expect(save).toHaveBeenCalledExactlyOnceWith(version('2', 'theirs'));
  expect(mine.result.current).toMatchObject({ draft: { a: 'mine' }, theirs: undefined, isChoosing: false });
  const { result } = met();
  act(() => result.current.keep(save));
  act(() => result.current.take({ a: 'theirs' }));
  expect(result.current).toMatchObject({ draft: { a: 'theirs' }, base: { etag: '2' }, theirs: undefined });
  expect(result.current).toMatchObject({ isChanged: false, isChoosing: false });
});

it('a refusal because of theirs asks as soon as theirs is known, and another one does not', () => {
  const { result, rerender } = form(version('1', 'x'));
  act(() => result.current.setDraft({ a: 'mine' }));
  act(() => result.current.onRefused(new Problem({ status: 422, detail: 'no name' })));
  expect(result.current.isChoosing).toBe(false);
  act(() => result.current.onRefused(new Problem({ status: 412, detail: 'it has changed' })));
  rerender({ now: version('2', 'theirs') });
  expect(result.current).toMatchObject({ isChoosing: true, theirs: { etag: '2' } });
});

it('what was saved is what the form goes by; what was typed meanwhile stays', () => {
  const { result } = form(version('1', 'x'));
  const sent = { a: 'mine ' };
  act(() => result.current.setDraft(sent));
  act(() => result.current.onSaved(version('2', 'mine'), sent));
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, base: { etag: '2' }, isChanged: false });
  act(() => result.current.setDraft({ a: 'typed later' }));
  act(() => result.current.onSaved(version('3', 'mine'), sent));
  expect(result.current).toMatchObject({ draft: { a: 'typed later' }, base: { etag: '3' }, isChanged: true });
});
