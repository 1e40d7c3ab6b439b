import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const answer = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));
const opened = (token: string, refresh = '') => ({ access_token: token, refresh_token: refresh, expires_in: 900 });
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

const load = async () => {
  vi.resetModules();
  return import('./session');
};

beforeEach(() => {
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', fetched);
  localStorage.setItem('pulse-has-session', 'yes');
});
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
});

it('a cookie that is good opens the session without anything typed', async () => {  // asvs: 14.3.3
  fetched.mockImplementation(() => answer(200, opened('one')));
  const session = await load();
  expect(await session.resumeSession()).toBe('in');
  expect(await session.accessToken()).toBe('one');
  const [url, init] = fetched.mock.calls[0] ?? [];
  expect(url).toMatch(/\/auth\/refresh$/);
  expect(init?.body).toBeUndefined();
  expect(new Headers(init?.headers).get('x-pulse-session')).toBe('cookie');
});

it('without a cookie nobody is signed in, and no token is asked for again', async () => {  // asvs: 14.3.1
  fetched.mockImplementation(() => answer(401, { detail: 'no' }));
  const session = await load();
  expect(await session.resumeSession()).toBe('out');
  expect(await session.accessToken()).toBeUndefined();
  expect(fetched).toHaveBeenCalledTimes(1);
});

it('a browser that nobody signed in with asks nobody', async () => {
  localStorage.clear();
  const session = await load();
  expect(await session.resumeSession()).toBe('out');
  expect(fetched).not.toHaveBeenCalled();
});

it('ten requests at once exchange the token once', async () => {
  const session = await load();
  fetched.mockImplementation(() => answer(200, { ...opened('old', 'r1'), expires_in: 1 }));
  await session.signIn({ email: 'a@b.c', password: 'x' });
  fetched.mockClear();
  fetched.mockImplementation(() => answer(200, opened('new', 'r2')));
  const tokens = await Promise.all(Array.from({ length: 10 }, () => session.accessToken()));
  expect(new Set(tokens)).toEqual(new Set(['new']));
  expect(fetched).toHaveBeenCalledTimes(1);
});

it('a session that ends while it is used is expired, not unknown', async () => {
  const session = await load();
  fetched.mockImplementation(() => answer(200, { ...opened('old', 'r1'), expires_in: 1 }));
  await session.signIn({ email: 'a@b.c', password: 'x' });
  fetched.mockImplementation(() => answer(401, { detail: 'no' }));
  expect(await session.accessToken()).toBeUndefined();
  expect(session.sessionStore.get()).toBe('expired');
});

it('a server that is away ends no session', async () => {
  const session = await load();
  fetched.mockImplementation(() => answer(200, { ...opened('old', 'r1'), expires_in: 30 }));
  await session.signIn({ email: 'a@b.c', password: 'x' });
  fetched.mockImplementation(() => Promise.reject(new TypeError('network')));
  expect(await session.accessToken()).toBe('old');
  expect(session.sessionStore.get()).toBe('in');
});

it('a company that is suspended ends no session: its sentence is told, and the session goes on after it', async () => {
  const suspended = { code: 'company_suspended', detail: 'This company is suspended.' };
  fetched.mockImplementation(() => answer(403, suspended));
  const session = await load();
  await expect(session.resumeSession()).rejects.toMatchObject({ message: suspended.detail });
  await expect(session.accessToken()).rejects.toMatchObject({ code: 'company_suspended' });
  expect(session.sessionStore.get()).toBe('unknown');
  fetched.mockImplementation(() => answer(200, opened('after')));
  expect(await session.resumeSession()).toBe('in');
  expect(await session.accessToken()).toBe('after');
});

it('what was asked for before the script was there opens the session, and nobody is asked twice', async () => {
  window.pulseSession = answer(200, opened('early'));
  const session = await load();
  expect(await session.resumeSession()).toBe('in');
  expect(await session.accessToken()).toBe('early');
  expect(fetched).not.toHaveBeenCalled();
});

it('where what was asked for early got no answer, it is asked for once more', async () => {
  window.pulseSession = Promise.reject(new TypeError('the line broke'));
  fetched.mockImplementation(() => answer(200, opened('late')));
  const session = await load();
  expect(await session.resumeSession()).toBe('in');
  expect(await session.accessToken()).toBe('late');
  expect(fetched).toHaveBeenCalledTimes(1);
});
