/**
 * The keys that make a post once, however often it is sent. One that was refused is another post when it is sent again;
 * one that nobody answered for may be there already, and is asked for under the same key.
 */
import type { Problem } from '@/lib/problem';
import { idempotencyKey } from '@/lib/api/client';

type SendKeys = {
  /** The key of what is sent in this way; another way sends other content, which needs a key of its own. */
  of: (way: string) => string;
  /** What is sent from now on is another post. */
  renew: () => void;
  /** What became of the last attempt. */
  failed: (problem: Problem) => void;
};

const stillRuns = 'request_in_progress';

export const makeSendKeys = (): SendKeys => {
  const keys = new Map<string, string>();
  return {
    of: (way) => {
      const key = keys.get(way) ?? idempotencyKey();
      keys.set(way, key);
      return key;
    },
    renew: () => keys.clear(),
    failed: ({ status, code }) => {
      if (status >= 400 && status < 500 && code !== stillRuns) keys.clear();
    },
  };
};
