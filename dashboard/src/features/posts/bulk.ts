/** One command for several posts: a few at a time, and refusals are kept with their reasons. */
import { heldOf, type Held } from '@/data/guardrails';
import type { Post } from '@/data/posts';
import { asProblem } from '@/lib/problem';

/** `held`: the guardrails refused it. */
export type Refused = { post: Post; reason: string; held?: Held };
type BulkResult = { done: Post[]; refused: Refused[] };

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
        const held = heldOf(error);
        result.refused.push({ post, reason: asProblem(error).message, ...(held ? { held } : {}) });
      }
      onProgress?.(result.done.length + result.refused.length);
    }
  };
  await Promise.all(Array.from({ length: at_once }, work));
  return result;
};
