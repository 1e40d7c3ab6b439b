/**
 * Who is signed in. The access token lives in memory only; the refresh token is a cookie that no script can read, and
 * every tab uses the same one: a lock makes them take turns, and who exchanged it tells the others.
 */
import { apiBase, basePath } from '@/config/env';
import type { components } from '@/lib/api/schema';
import { noteServerDate } from '@/lib/clock';
import { toProblem, unreachable, type Problem } from '@/lib/problem';
import { makeKeptStore, makeStore } from '@/lib/store';

type SignedIn = components['schemas']['signed_in'];
type SessionState = 'unknown' | 'in' | 'out' | 'expired';

type Access = { token: string; endsAt: number };
type Message = { kind: 'access'; access: Access } | { kind: 'signed_out' } | { kind: 'ask' };

const renewBefore_ms = 60_000;
const sessionHeader = { 'X-Pulse-Session': 'cookie' };

export const sessionStore = makeStore<SessionState>('unknown');

/** Whether this browser has a cookie to try: without one the server is not asked. No script sees the cookie itself. */
const hasCookieStore = makeKeptStore<'yes' | ''>('pulse-has-session', '');

let access: Access | undefined;
/** Only if the server does not keep it in a cookie. */
let refreshToken: string | undefined;

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('pulse-session');
const tell = (message: Message): void => channel?.postMessage(message);

const take = (next: Access): void => {
  access = next;
  sessionStore.set('in');
};

const forget = (state: SessionState): void => {
  access = undefined;
  refreshToken = undefined;
  hasCookieStore.set('');
  sessionStore.set(state);
};

channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.kind === 'access') take(data.access);
  if (data.kind === 'signed_out') forget('out');
  if (data.kind === 'ask' && access && isFresh(access)) tell({ kind: 'access', access });
});

const isFresh = (of: Access): boolean => of.endsAt - Date.now() > renewBefore_ms;

const accept = (answer: SignedIn): void => {
  const next = { token: answer.access_token, endsAt: Date.now() + answer.expires_in * 1000 };
  refreshToken = answer.refresh_token || undefined;
  hasCookieStore.set(refreshToken ? '' : 'yes');
  take(next);
  tell({ kind: 'access', access: next });
};

const send = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const sentAt = Date.now();
  try {
    const response = await fetch(`${apiBase}${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...sessionHeader, ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    noteServerDate(response.headers.get('date'), sentAt, Date.now());
    return response;
  } catch {
    throw unreachable();
  }
};

const open = async (path: string, body: unknown, headers?: Record<string, string>): Promise<SignedIn> => {
  const response = await send(path, body, headers);
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toProblem(response, answer);
  // If the address must be confirmed first, there is no session yet.
  if ((answer as Partial<SignedIn>).access_token) accept(answer as SignedIn);
  return answer as SignedIn;
};

export const signIn = (body: components['schemas']['login'], companyId?: string): Promise<SignedIn> =>
  open('/auth/login', body, companyId ? { 'X-Tenant-ID': companyId } : undefined);

/** Whether that signed in: false if the address must be confirmed first. */
export const signUp = async (body: components['schemas']['signup']): Promise<boolean> =>
  Boolean((await open('/signup', body)).access_token);

/** Links in mails, each of which signs in. */
export const verifyEmail = (body: components['schemas']['verification']) => open('/auth/verify-email', body);
export const resetPassword = (body: components['schemas']['password_reset']) => open('/auth/password/reset', body);

/** The browser's return from an identity provider. */
export const exchangeSignInCode = (body: components['schemas']['exchange_request']): Promise<SignedIn> =>
  open('/auth/exchange', body);

/** A passkey's answer to a challenge for signing in. */
export const signInByPasskey = (body: components['schemas']['passkey_response']): Promise<SignedIn> =>
  open('/auth/passkeys/sign-in', body);

/** Whether that signed in: false if the address must be confirmed first. */
export const acceptInvitation = async (body: components['schemas']['acceptance']): Promise<boolean> =>
  Boolean((await open('/org/invites/accept', body)).access_token);

type LinkPurpose = '/auth/password/forgot' | '/auth/verify-email/send';

/** Mails a link to set a new password, or to confirm the address, when that has an account that wants one. */
export const mailLink = async (purpose: LinkPurpose, body: components['schemas']['address']): Promise<void> => {
  const response = await send(purpose, body);
  if (!response.ok) throw toProblem(response, await response.json().catch(() => undefined));
};

declare global {
  interface Window {
    /** The request that `public/early.js` has made already. */
    pulseSession?: Promise<Response>;
  }
}

/** The answer to the early request, once; nothing if it failed. */
const takeEarly = async (): Promise<Response | undefined> => {
  const early = window.pulseSession;
  delete window.pulseSession;
  // It asks this page's own server.
  if (apiBase !== `${location.origin}${basePath}api`) return undefined;
  const response = await early?.catch(() => undefined);
  if (response) noteServerDate(response.headers.get('date'), performance.timeOrigin, Date.now());
  return response;
};

/** One exchange of the refresh token. Returns whether there is a session. */
const exchange = async (): Promise<boolean> => {
  const response =
    (await takeEarly()) ??
    (refreshToken ? await send('/auth/refresh', { refresh_token: refreshToken }) : await send('/auth/refresh'));
  if (response.ok) {
    accept((await response.json()) as SignedIn);
    return true;
  }
  // A company that is suspended (403) refuses its people for a time, and keeps their sessions.
  if (response.status === 403 || response.status === 429 || response.status >= 500)
    throw toProblem(response, await response.json().catch(() => undefined));
  return false;
};

let running: Promise<boolean> | undefined;

/** Renews the access token, once at a time across all tabs. */
const renew = (): Promise<boolean> => {
  const before = access?.token;
  const inTurn = async (): Promise<boolean> => {
    // Another tab was faster.
    if (access && access.token !== before && isFresh(access)) return true;
    const isOpen = await exchange();
    if (!isOpen) forget(sessionStore.get() === 'in' || sessionStore.get() === 'expired' ? 'expired' : 'out');
    return isOpen;
  };
  if (running) return running;
  const turn: Promise<boolean> = navigator.locks
    ? navigator.locks.request('pulse-session', () => inTurn()).then(Boolean)
    : inTurn();
  running = turn.finally(() => {
    running = undefined;
  });
  return running;
};

/** A valid token; none if nobody is signed in. */
export const accessToken = async (): Promise<string | undefined> => {
  if (access && isFresh(access)) return access.token;
  if (sessionStore.get() === 'out' || sessionStore.get() === 'expired') return undefined;
  // Requests before the sign-in use a session if there is one; if nobody has signed in, there is none to look for.
  if (sessionStore.get() === 'unknown' && hasCookieStore.get() !== 'yes') return undefined;
  try {
    await renew();
  } catch (problem) {
    // The server is away: the old token may still work for its remaining time.
    if (access && access.endsAt > Date.now()) return access.token;
    throw problem as Problem;
  }
  return access?.token;
};

/** After a refusal: a new token, if there is one. */
export const renewedToken = async (refused: string): Promise<string | undefined> => {
  if (access?.token === refused) access = undefined;
  return accessToken();
};

/** Finds out once whether somebody is signed in: from another tab, or with the cookie. */
export const resumeSession = async (): Promise<SessionState> => {
  if (sessionStore.get() !== 'unknown') return sessionStore.get();
  if (!window.pulseSession) {
    tell({ kind: 'ask' });
    await new Promise((done) => setTimeout(done, channel ? 40 : 0));
  }
  // Another tab may have answered meanwhile.
  if ((sessionStore.get() as SessionState) === 'in') return 'in';
  if (hasCookieStore.get() === 'yes') await renew();
  else sessionStore.set('out');
  return sessionStore.get();
};

export const signOut = async (): Promise<void> => {
  const token = access?.token;
  const body = refreshToken ? { refresh_token: refreshToken } : undefined;
  try {
    await send('/auth/logout', body, token ? { Authorization: `Bearer ${token}` } : {});
  } finally {
    forget('out');
    tell({ kind: 'signed_out' });
  }
};
