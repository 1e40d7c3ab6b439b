/** The only access to the API. The types come from the API's own document: `npm run api`. */
import createClient from 'openapi-fetch';
import { apiBase } from '@/config/env';
import type { components, paths } from '@/lib/api/schema';
import { noteServerDate } from '@/lib/clock';
import { toProblem, unreachable } from '@/lib/problem';
import { reachStore } from '@/lib/reach';
import { accessToken, renewedToken } from '@/lib/session';

export type Schemas = components['schemas'];

const sendWith = async (request: Request, token: string | undefined): Promise<Response> => {
  const sentAt = Date.now();
  const sent = request.clone();
  if (token) sent.headers.set('Authorization', `Bearer ${token}`);
  try {
    const response = await fetch(sent);
    noteServerDate(response.headers.get('date'), sentAt, Date.now());
    reachStore.set(response.status === 502 || response.status === 504 ? 'lost' : 'there');
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    reachStore.set('lost');
    throw unreachable();
  }
};

/** Refusals of other credentials in the request: another access token would not help, and would count as a guess. */
const notOfTheToken = [
  'wrong_code',
  'second_factor_required',
  'wrong_credentials',
  'wrong_passkey',
  'unknown_passkey',
  'passkey_over',
  'passkey_went_back',
];

const isOfTheToken = async (refused: Response): Promise<boolean> => {
  const problem = (await refused
    .clone()
    .json()
    .catch(() => undefined)) as { code?: string } | undefined;
  return !notOfTheToken.includes(problem?.code ?? '');
};

/** Sends a request with the access token; once more with a new one after a refusal. */
export const authorised = async (request: Request): Promise<Response> => {
  const token = await accessToken();
  const response = await sendWith(request, token);
  if (response.status !== 401 || !token || !(await isOfTheToken(response))) return response;
  const other = await renewedToken(token);
  return other ? sendWith(request, other) : response;
};

export const api = createClient<paths>({ baseUrl: apiBase, fetch: authorised, credentials: 'same-origin' });

/** The data of an answer; throws a Problem if there is none. */
export const dataOf = async <T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<NonNullable<T>> => {
  const { data, error, response } = await answer;
  if (!response.ok) throw toProblem(response, error);
  return data as NonNullable<T>;
};

/** All pages of a list, at most `most` entries. */
export const allPages = async <T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>,
  most = 1000,
): Promise<T[]> => {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    found.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor && found.length < most);
  return found;
};

/** For creating commands: the same key creates only once. */
export const idempotencyKey = (): string => crypto.randomUUID();
