/** How long a page waits before it tries again to reach the live stream. */

/**
 * Somebody looks at the page: it is true again within 2 s of the server's return. At most 1 s of them is this wait; the
 * rest is for a ticket, the connection and what is read anew. A refused try costs the server nothing while it is away,
 * so the wait does not grow.
 */
const seen_ms = 1_000;
/**
 * Nobody looks: nobody waits, and most open pages are like that. They come once those that are looked at have been
 * served; a page that is looked at again tries at once.
 */
const hidden_ms = 15_000;

type Attempt = {
  /** How often it has been tried in vain since the connection was lost. */
  failures: number;
  isSeen: boolean;
  /** What the server said, when it was asked too often. */
  retryAfter_ms?: number;
};

/**
 * All pages lose a server at the same moment. The first wait is anything up to the longest one, so that they are spread
 * over all of it: a server that is still there, or one that takes over, is asked for 5,000 tickets a second by 5,000
 * pages, not for all in one moment. Each further wait is between half and all of it, which keeps them spread.
 */
export const waitBefore = ({ failures, isSeen, retryAfter_ms }: Attempt, random = Math.random): number => {
  const most = isSeen ? seen_ms : hidden_ms;
  const least = failures <= 1 ? 0 : most / 2;
  const wait = least + random() * (most - least);
  return retryAfter_ms === undefined ? wait : retryAfter_ms + wait;
};

/** `Retry-After` in seconds, which is how the server writes it; its bounds are ours. */
export const retryAfterOf = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('Retry-After') ?? 'none');
  return Number.isFinite(seconds) ? Math.min(60, Math.max(1, seconds)) * 1000 : undefined;
};
