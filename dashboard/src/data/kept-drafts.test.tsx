import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { discardKept, keptKey, listKept, useKeptDrafts } from './kept-drafts';

const me = '11111111-1111-4111-8111-111111111111';
const project = '22222222-2222-4222-8222-222222222222';
const post = '33333333-3333-4333-8333-333333333333';
const store = (name: string, value: unknown) => localStorage.setItem(keptKey(name), JSON.stringify(value));

beforeEach(() => localStorage.clear());

it('what the browser keeps is listed, the latest first, with where it goes on', () => {
  store(`${me}-${project}`, { title: '', text: 'Half a sentence\nand more', keptAt: 1_000 });
  store(`${me}-${project}-2`, { title: 'Second', text: '', keptAt: 3_000 });
  store(`${me}-${project}-copy-${post}`, { title: '', text: 'A copy', keptAt: 2_000 });
  store(`${me}-edit-${post}`, { title: 'Changed', text: 'x' });
  expect(listKept(me)).toEqual([
    { name: `${me}-${project}-2`, title: 'Second', keptAt: 3_000, goesOn: { kind: 'new', projectId: project } },
    {
      name: `${me}-${project}-copy-${post}`,
      title: 'A copy',
      keptAt: 2_000,
      goesOn: { kind: 'copy', projectId: project, postId: post },
    },
    { name: `${me}-${project}`, title: 'Half a sentence', keptAt: 1_000, goesOn: { kind: 'new', projectId: project } },
    { name: `${me}-edit-${post}`, title: 'Changed', goesOn: { kind: 'edit', postId: post } },
  ]);
});

it('nobody is shown what somebody else wrote in this browser, nor what is broken', () => {
  store(`44444444-4444-4444-8444-444444444444-${project}`, { title: '', text: 'Of another member' });
  localStorage.setItem(keptKey(`${me}-${project}`), '{"text":7');
  store(`${me}-something-else`, { text: 'Unknown' });
  localStorage.setItem('pulse-theme', 'dark');
  expect(listKept(me)).toEqual([]);
});

it('one that is discarded is gone, and comes back when that is undone', () => {
  store(`${me}-${project}`, { title: '', text: 'Half a sentence', keptAt: 1_000 });
  const { result } = renderHook(() => useKeptDrafts(me));
  expect(result.current).toHaveLength(1);
  let undo = () => undefined as void;
  act(() => {
    undo = discardKept(`${me}-${project}`);
  });
  expect(result.current).toHaveLength(0);
  act(() => undo());
  expect(result.current.map((each) => each.title)).toEqual(['Half a sentence']);
});

it('what another tab keeps is listed as soon as it does', () => {
  const { result } = renderHook(() => useKeptDrafts(me));
  expect(result.current).toEqual([]);
  act(() => {
    store(`${me}-${project}`, { title: '', text: 'From the other tab', keptAt: 1_000 });
    dispatchEvent(new StorageEvent('storage', { key: keptKey(`${me}-${project}`) }));
  });
  expect(result.current.map((each) => each.title)).toEqual(['From the other tab']);
});
