import { afterEach, beforeEach, expect, it, vi } from 'vitest';

class FakeSocket {
  static all: FakeSocket[] = [];
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  close(code = 1006) {
    this.onclose?.({ code });
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const fetched = vi.fn<(request: Request | string) => Promise<Response>>();
const events: number[][] = [];
const reloads = vi.fn();
const polls = vi.fn();

const json = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));
const lost = () => Promise.reject(new TypeError('away'));
const start = async () => {
  vi.resetModules();
  const session = await import('./session');
  const live = await import('./live');
  fetched.mockImplementationOnce(() => json(200, { access_token: 't', refresh_token: 'r', expires_in: 900 }));
  await session.signIn({ email: 'a@b.c', password: 'x' });
  live.startLive<number>({ onEvents: (portion) => events.push(portion), onReload: reloads, onPoll: polls });
  await vi.advanceTimersByTimeAsync(1);
  return live;
};
const hello = (more = {}) => ({
  type: 'hello',
  server_time: new Date().toISOString(),
  cursor: 'c0',
  resumed: false,
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', fetched);
  FakeSocket.all = [];
  events.length = 0;
  reloads.mockReset();
  polls.mockReset();
  fetched.mockReset();
  fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a burst is handed on as one portion', async () => {
  const live = await start();
  const [socket] = FakeSocket.all;
  socket?.say(hello());
  expect(live.liveStore.get().kind).toBe('live');
  for (let i = 0; i < 500; i += 1) socket?.say({ type: 'events', events: [{ cursor: `c${i}`, event: i }] });
  expect(events).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(110);
  expect(events).toHaveLength(1);
  expect(events[0]).toHaveLength(500);
});

it('a connection that broke comes back from where it was, and what it resumes is not read anew', async () => {
  await start();
  FakeSocket.all[0]?.say(hello());
  FakeSocket.all[0]?.say({ type: 'events', events: [{ cursor: 'c9', event: 9 }] });
  FakeSocket.all[0]?.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.all[1]?.url).toContain('cursor=c9');
  FakeSocket.all[1]?.say(hello({ resumed: true, cursor: 'c9' }));
  expect(reloads).not.toHaveBeenCalled();
});

it('is back within a second of the server, however long it was away', async () => {
  const live = await start();
  FakeSocket.all[0]?.say(hello());
  for (const away_ms of [1_000, 7_300, 300_000]) {
    fetched.mockImplementation(lost);
    FakeSocket.all.at(-1)?.close();
    await vi.advanceTimersByTimeAsync(away_ms);
    const before = FakeSocket.all.length;
    fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeSocket.all).toHaveLength(before + 1);
    FakeSocket.all.at(-1)?.say(hello({ resumed: true }));
    expect(live.liveStore.get().kind).toBe('live');
  }
});

it('a page that nobody looks at asks seldom, and comes back at once when somebody does', async () => {
  const live = await start();
  FakeSocket.all[0]?.say(hello());
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  fetched.mockImplementation(lost);
  FakeSocket.all[0]?.close();
  fetched.mockClear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetched.mock.calls.length).toBeGreaterThan(2);
  expect(fetched.mock.calls.length).toBeLessThan(15);
  fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(1);
  FakeSocket.all.at(-1)?.say(hello({ resumed: true }));
  expect(live.liveStore.get().kind).toBe('live');
  visibility.mockRestore();
});

it('a server that is asked too often is left alone for as long as it says', async () => {
  await start();
  FakeSocket.all[0]?.say(hello());
  fetched.mockImplementation(() =>
    Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '20' } })),
  );
  FakeSocket.all[0]?.close();
  fetched.mockClear();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(fetched).toHaveBeenCalledTimes(1);
  fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(FakeSocket.all).toHaveLength(2);
});

it('a connection that is not answered is given up after some seconds', async () => {
  await start();
  FakeSocket.all[0]?.say(hello());
  FakeSocket.all[0]?.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(FakeSocket.all.length).toBeGreaterThan(2);
});

it('who was away too long reads everything anew', async () => {
  await start();
  FakeSocket.all[0]?.say(hello());
  FakeSocket.all[0]?.say({ type: 'reload', reason: 'too_old', cursor: 'c99' });
  expect(reloads).toHaveBeenCalledTimes(1);
});

it('the clock stands still once the server has been away for three seconds, and goes on when it is back', async () => {
  const live = await start();
  FakeSocket.all[0]?.say(hello());
  fetched.mockImplementation(() => Promise.reject(new TypeError('network')));
  FakeSocket.all[0]?.close();
  expect(live.liveStore.get().kind).toBe('live');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(live.liveStore.get().kind).toBe('lost');
  fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
  await vi.advanceTimersByTimeAsync(9_000);
  FakeSocket.all.at(-1)?.say(hello({ resumed: true }));
  expect(live.liveStore.get().kind).toBe('live');
  expect(reloads).toHaveBeenCalledTimes(1);
});

it('a silent connection is given up', async () => {
  await start();
  FakeSocket.all[0]?.say(hello());
  await vi.advanceTimersByTimeAsync(42_000);
  expect(FakeSocket.all.length).toBeGreaterThan(1);
});

it('a server without a stream is asked again every five seconds', async () => {
  fetched.mockImplementation((request) =>
    String(request instanceof Request ? request.url : request).endsWith('/ticket') ? json(404, {}) : json(200, {}),
  );
  const live = await start();
  await vi.advanceTimersByTimeAsync(10_500);
  expect(live.liveStore.get()).toEqual({ kind: 'polling', everyS: 5 });
  expect(polls.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(FakeSocket.all).toHaveLength(0);
});

it('without network the page is behind at once, and true again with it', async () => {
  const live = await start();
  FakeSocket.all[0]?.say(hello());
  fetched.mockImplementation(() => Promise.reject(new TypeError('no network')));
  dispatchEvent(new Event('offline'));
  expect(live.liveStore.get().kind).toBe('lost');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(live.liveStore.get().kind).toBe('lost');
  fetched.mockImplementation(() => json(201, { ticket: 'ticket' }));
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(1);
  FakeSocket.all.at(-1)?.say(hello({ resumed: true }));
  expect(live.liveStore.get().kind).toBe('live');
  expect(reloads).toHaveBeenCalled();
});
