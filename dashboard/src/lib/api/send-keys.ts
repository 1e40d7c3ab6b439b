/**
 * The keys that make a thing once, however often it is sent. What was refused is another thing when it is sent again;
 * what nobody answered for may be there already, and is asked for under the same key.
 */
import { idempotencyKey } from '@/lib/api/client';
import { asProblem, type Problem } from '@/lib/problem';

type SendKeys = {
  /** The key of what is sent in this way; another way sends other content, which needs a key of its own. */
  of: (way: string) => string;
  /** What is sent from now on is another thing. */
  renew: () => void;
  /** What became of the last attempt. */
  failed: (problem: Problem) => void;
};

const stillRuns = 'request_in_progress';

/** Whether it is sure that nothing was made. */
export const isRefused = ({ status, code }: Problem): boolean => status >= 400 && status < 500 && code !== stillRuns;

export const makeSendKeys = (): SendKeys => {
  const keys = new Map<string, string>();
  return {
    of: (way) => {
      const key = keys.get(way) ?? idempotencyKey();
      keys.set(way, key);
      return key;
    },
    renew: () => keys.clear(),
    failed: (problem) => {
      if (isRefused(problem)) keys.clear();
    },
  };
};

const unanswered = new Map<string, SendKeys>();

/**
 * Sends what a form makes. Sent again because nobody answered, it goes under the same key as long as `content` is the
 * same, also from a form that was opened anew; `what` tells forms apart whose content may look alike.
 */
export const sendOnce = async <T>(
  what: string,
  content: unknown,
  send: (header: { 'Idempotency-Key': string }) => Promise<T>,
): Promise<T> => {
  const name = JSON.stringify([what, content]);
  const keys = unanswered.get(name) ?? makeSendKeys();
  unanswered.set(name, keys);
  try {
    const made = await send({ 'Idempotency-Key': keys.of(what) });
    unanswered.delete(name);
    return made;
  } catch (error) {
    if (isRefused(asProblem(error))) unanswered.delete(name);
    throw error;
  }
};
