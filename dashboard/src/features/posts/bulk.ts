/** One command for several posts: a few at a time, and what was refused is kept with its reason. */
import type { Post } from '@/data/posts';
import { asProblem } from '@/lib/problem';

export type BulkResult = { done: Post[]; refused: { post: Post; reason: string }[] };

const at_once = 4;

export const forEachPost = async (
  posts: Post[],
  act: (post: Post) => Promise<unknown>,
  onProgress?: (done: number) => void,
): Promise<BulkResult> => {
  const result: BulkResult = { done: [], refused: [] };
  const waiting = [...posts];
  const work = async (): Promise<void> => {
    for (let post = waiting.shift(); post; post = waiting.shift()) {
      try {
        await act(post);
        result.done.push(post);
      } catch (error) {
        result.refused.push({ post, reason: asProblem(error).message });
      }
      onProgress?.(result.done.length + result.refused.length);
    }
  };
  await Promise.all(Array.from({ length: at_once }, work));
  return result;
};
