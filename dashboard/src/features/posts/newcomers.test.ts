import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Post } from '@/data/posts';
import { useNewcomers } from './newcomers';

const at = (text: string) => new Date(text).getTime();
const post = (id: string, created_at: string) => ({ id, created_at }) as Post;
const [old, recent] = [post('old', '2026-12-01T08:00:00Z'), post('recent', '2026-12-01T09:05:00Z')];

beforeEach(() => vi.useFakeTimers({ now: at('2026-12-01T09:00:00Z') }));
afterEach(() => vi.useRealTimers());

it('a post that is made while the list is read waits until it is asked for', () => {
  const list = renderHook(({ posts }) => useNewcomers(posts, 'all'), { initialProps: { posts: [old] } });
  vi.setSystemTime(at('2026-12-01T09:06:00Z'));
  list.rerender({ posts: [recent, old] });
  expect(list.result.current).toMatchObject({ shown: [old], waiting: 1 });
  act(() => list.result.current.show());
  expect(list.result.current).toMatchObject({ shown: [recent, old], waiting: 0 });
});

it('another list begins with all that it has', () => {
  const list = renderHook(({ name }) => useNewcomers([recent, old], name), { initialProps: { name: 'all' } });
  expect(list.result.current.waiting).toBe(1);
  vi.setSystemTime(at('2026-12-01T09:06:00Z'));
  list.rerender({ name: 'drafts' });
  expect(list.result.current.waiting).toBe(0);
});
