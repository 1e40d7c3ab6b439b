/**
 * The live stream: one connection for each tab. Events are passed on in batches, so that a burst causes one rendering.
 * If the server has no stream, the shown data is refetched every few seconds.
 */
import { apiBase } from '@/config/env';
import { authorised } from '@/lib/api/client';
import { noteServerMoment, serverNow } from '@/lib/clock';
import { retryAfterOf, waitBefore } from '@/lib/come-back';
import { accessToken, sessionStore } from '@/lib/session';
import { makeStore } from '@/lib/store';

type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'catching_up'; events: number }
  | { kind: 'polling'; everyS: number }
  | { kind: 'lost'; since: number; againAt: number };

type LiveHandlers<Event> = {
  /** In order, each once. */
  onEvents: (events: Event[]) => void;
  /** All data read before may be outdated. */
  onReload: () => void;
  /** Without a stream: refetch the shown data. */
  onPoll: () => void;
};

type Message<Event> =
  | { type: 'hello'; server_time: string; cursor: string; resumed: boolean }
  | { type: 'events'; events: { cursor: string; event: Event }[] }
  | { type: 'reload'; reason: string; cursor?: string }
  | { type: 'ping'; server_time: string };

const poll_ms = 5_000;
const lostAfter_ms = 3_000;
const silence_ms = 40_000; // the server pings every 15 s
const opening_ms = 10_000; // a network that swallows everything answers nothing at all
const portion_ms = 100;
const portionMost = 500;
const signedOut = 4401;

export const liveStore = makeStore<LiveState>({ kind: 'connecting' });

const socketBase = apiBase.replace(/^http/, 'ws');

type Opening = { kind: 'ticket'; ticket: string } | { kind: 'none' } | { kind: 'lost'; retryAfter_ms?: number };

/** A ticket for one connection; `none` where the server has no stream. */
const askForTicket = async (): Promise<Opening> => {
  try {
    const signal = AbortSignal.timeout(opening_ms);
    const response = await authorised(new Request(`${apiBase}/activity/ticket`, { method: 'POST', signal }));
    if (response.status === 404 || response.status === 405 || response.status === 403) return { kind: 'none' };
    if (response.status === 429) return { kind: 'lost', retryAfter_ms: retryAfterOf(response) };
    if (!response.ok) return { kind: 'lost' };
    return { kind: 'ticket', ticket: ((await response.json()) as { ticket: string }).ticket };
  } catch {
    return { kind: 'lost' };
  }
};

const serverAnswers = async (): Promise<boolean> => {
  try {
    return (await fetch(`${apiBase}/live`, { cache: 'no-store', signal: AbortSignal.timeout(poll_ms - 500) })).ok;
  } catch {
    return false;
  }
};

/** Starts once, with the page, and keeps running. */
export const startLive = <Event>({ onEvents, onReload, onPoll }: LiveHandlers<Event>): void => {
  let cursor: string | undefined;
  let socket: WebSocket | undefined;
  let trueAt = serverNow(); // until this time the shown data is known to be correct
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let portion: Event[] = [];
  let portionTimer: ReturnType<typeof setTimeout> | undefined;

  const again = (delay_ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void begin(), delay_ms);
  };
  const hand = () => {
    clearTimeout(portionTimer);
    portionTimer = undefined;
    const events = portion;
    portion = [];
    if (events.length > 0) onEvents(events);
    if (liveStore.get().kind === 'catching_up') liveStore.set({ kind: 'live' });
  };
  const giveUpAfter = (patience_ms: number) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => socket?.close(), patience_ms);
  };
  const heard = () => {
    trueAt = serverNow();
    giveUpAfter(silence_ms);
  };
  const lost = (retryAfter_ms?: number) => {
    failures += 1;
    const delay = waitBefore({ failures, isSeen: document.visibilityState === 'visible', retryAfter_ms });
    if (serverNow() - trueAt > lostAfter_ms || liveStore.get().kind === 'lost') {
      liveStore.set({ kind: 'lost', since: trueAt, againAt: serverNow() + delay });
    }
    again(delay);
  };
  const read = (message: Message<Event>) => {
    heard();
    switch (message.type) {
      case 'hello':
        noteServerMoment(Date.parse(message.server_time));
        failures = 0;
        if (cursor !== undefined && !message.resumed) onReload();
        // After an absence, changes may be missing that did not come as events; the first time there is nothing to
        // catch up.
        if (liveStore.get().kind === 'lost') onReload();
        cursor = message.cursor;
        liveStore.set({ kind: 'live' });
        return;
      case 'events':
        for (const { cursor: place, event } of message.events) {
          cursor = place;
          portion.push(event);
        }
        if (portion.length > portionMost) liveStore.set({ kind: 'catching_up', events: portion.length });
        portionTimer ??= setTimeout(hand, portion_ms);
        return;
      case 'reload':
        cursor = message.cursor;
        portion = [];
        onReload();
        return;
      case 'ping':
        noteServerMoment(Date.parse(message.server_time));
    }
  };
  const connect = (ticket: string) => {
    const query = new URLSearchParams({ ticket, ...(cursor ? { cursor } : {}) });
    const opened = new WebSocket(`${socketBase}/activity/live?${query}`);
    socket = opened;
    giveUpAfter(opening_ms);
    opened.onmessage = ({ data }: MessageEvent<string>) => read(JSON.parse(data) as Message<Event>);
    opened.onclose = ({ code }) => {
      if (socket !== opened) return;
      socket = undefined;
      clearTimeout(watchdog);
      // The session may have ended; requesting a token finds out.
      if (code === signedOut) void accessToken().then(() => again(0), () => lost());
      else lost();
    };
  };
  const poll = async () => {
    if (document.visibilityState !== 'visible') return again(poll_ms);
    if (!(await serverAnswers())) return lost();
    const wasLost = liveStore.get().kind === 'lost';
    trueAt = serverNow();
    failures = 0;
    liveStore.set({ kind: 'polling', everyS: poll_ms / 1000 });
    if (wasLost) onReload();
    else onPoll();
    return again(poll_ms);
  };
  let hasStream = true;
  const begin = async (): Promise<void> => {
    if (sessionStore.get() !== 'in' || socket) return;
    if (!hasStream) return poll();
    const opening = await askForTicket();
    if (socket) return;
    if (opening.kind === 'ticket') connect(opening.ticket);
    else if (opening.kind === 'none') {
      hasStream = false;
      await poll();
    } else lost(opening.retryAfter_ms);
  };
  sessionStore.subscribe(() => {
    if (sessionStore.get() === 'in') again(0);
    else {
      clearTimeout(timer);
      const open = socket;
      socket = undefined;
      open?.close();
      if (sessionStore.get() === 'out') cursor = undefined;
    }
  });
  addEventListener('online', () => again(0));
  // A connection over a network that is gone says nothing for long; what is shown is no longer known to be true.
  addEventListener('offline', () => {
    const open = socket;
    socket = undefined;
    clearTimeout(watchdog);
    open?.close();
    if (sessionStore.get() !== 'in') return;
    liveStore.set({ kind: 'lost', since: trueAt, againAt: serverNow() });
    lost();
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && !socket && again(0));
  again(0);
};
