import { expect, it } from 'vitest';
import type { Post } from '@/data/posts';
import { Problem } from '@/lib/problem';
import { forEachPost } from './bulk';

const post = (id: string) => ({ id, title: id }) as Post;

it('does each post once, never more than four at a time, and keeps what was refused with its reason', async () => {
  let running = 0;
  let most = 0;
  const seen: string[] = [];
  const posts = Array.from({ length: 11 }, (_, i) => post(String(i)));
  const result = await forEachPost(posts, async ({ id }) => {
    running += 1;
    most = Math.max(most, running);
    seen.push(id);
    await Promise.resolve();
    running -= 1;
    if (id === '3') throw new Problem({ status: 409, detail: 'It has begun to go out.' });
  });
  expect(most).toBeLessThanOrEqual(4);
  expect(new Set(seen).size).toBe(11);
  expect(result.done).toHaveLength(10);
  expect(result.refused).toEqual([{ post: posts[3], reason: 'It has begun to go out.' }]);
});

it('knows what the guardrails hold, and the time that they name', async () => {
  const detail = 'The time lies in the quiet hours.';
  const otherTime = '2027-01-13T04:00:00Z';
  const result = await forEachPost([post('1')], () =>
    Promise.reject(new Problem({ status: 409, code: 'guardrails_move', detail, otherTime })),
  );
  expect(result.refused[0]?.held).toEqual({ sentences: detail, otherTime });
});
