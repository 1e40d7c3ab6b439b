/**
 * What happens on the server, as it happens: one connection a tab, which tells the query cache what is no longer true. Where no
 * stream is open, what is shown is read again every few seconds.
 */
import type { QueryClient } from '@tanstack/react-query';
import { apiBase } from '@/config/env';
import { serverNow } from '@/lib/clock';
import { sessionStore } from '@/lib/session';
import { makeStore } from '@/lib/store';

export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'catching_up'; events: number }
  | { kind: 'polling'; everyS: number }
  | { kind: 'lost'; since: number; againAt: number };

export const poll_ms = 5_000;
const lostAfter_ms = 3_000;

export const liveStore = makeStore<LiveState>({ kind: 'connecting' });

let lastAnswerAt = serverNow();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads again whatever is shown. */
const readAgain = (client: QueryClient): Promise<void> =>
  client.refetchQueries({ type: 'active', predicate: (query) => query.meta?.still !== true }, { cancelRefetch: false });

const answers = async (): Promise<boolean> => {
  try {
    const response = await fetch(`${apiBase}/live`, { cache: 'no-store', signal: AbortSignal.timeout(poll_ms - 500) });
    return response.ok;
  } catch {
    return false;
  }
};

const poll = async (client: QueryClient): Promise<void> => {
  if (sessionStore.get() === 'in' && document.visibilityState === 'visible') {
    if (await answers()) {
      const wasLost = liveStore.get().kind === 'lost';
      lastAnswerAt = serverNow();
      liveStore.set({ kind: 'polling', everyS: poll_ms / 1000 });
      void readAgain(client);
      if (wasLost) void client.invalidateQueries();
    } else if (serverNow() - lastAnswerAt > lostAfter_ms) {
      liveStore.set({ kind: 'lost', since: lastAnswerAt, againAt: serverNow() + retry_ms });
    }
  }
  const next = liveStore.get().kind === 'lost' ? retry_ms : poll_ms;
  clearTimeout(timer);
  timer = setTimeout(() => void poll(client), next);
};

const retry_ms = 1_500;

/** Begins once, with the page. */
export const startLive = (client: QueryClient): void => {
  void poll(client);
  sessionStore.subscribe(() => void poll(client));
  document.addEventListener('visibilitychange', () => void poll(client));
};
