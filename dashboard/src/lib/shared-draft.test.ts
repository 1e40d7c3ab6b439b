import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { joined, useSharedDraft, type Basis } from './shared-draft';

type Draft = { a: string; b: string };
const version = (etag: string, a: string, b = ''): Basis<Draft> => ({ etag, draft: { a, b } });
const form = (first: Basis<Draft>) =>
  renderHook(({ now }) => useSharedDraft(now), { initialProps: { now: first } });

it('follows what others save while nothing is typed, and keeps what is', () => {
  const { result, rerender } = form(version('1', 'x'));
  rerender({ now: version('2', 'y') });
  expect(result.current).toMatchObject({ draft: { a: 'y' }, base: { etag: '2' }, isChanged: false });
  act(() => result.current.setDraft({ a: 'mine', b: '' }));
  rerender({ now: version('3', 'theirs') });
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, base: { etag: '2' }, theirs: { etag: '3' } });
});

it('another version with the same content is no conflict, nor one that has what is typed', () => {
  const { result, rerender } = form(version('1', 'x'));
  act(() => result.current.setDraft({ a: 'mine', b: '' }));
  rerender({ now: version('2', 'x') });
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, base: { etag: '2' }, theirs: undefined });
  rerender({ now: version('3', 'mine') });
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, base: { etag: '3' }, isChanged: false });
});

it('what I saved is not taken back by what was read before', () => {
  const { result, rerender } = form(version('1', 'x'));
  act(() => result.current.setDraft({ a: 'mine', b: '' }));
  act(() => result.current.setBase(version('2', 'mine')));
  rerender({ now: version('1', 'x') });
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, base: { etag: '2' }, isChanged: false });
  rerender({ now: version('2', 'mine') });
  expect(result.current).toMatchObject({ draft: { a: 'mine' }, theirs: undefined });
});

it('changes are joined where they do not meet', () => {
  const base = { a: '1', b: '1' };
  expect(joined(base, { a: '1', b: '2' }, { a: '3', b: '1' })).toEqual({ a: '3', b: '2' });
  expect(joined(base, { a: '2', b: '1' }, { a: '3', b: '1' })).toBeUndefined();
  expect(joined(base, { a: '2', b: '1' }, base)).toBeUndefined();
});
