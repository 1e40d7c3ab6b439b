/**
 * Pages that a link with a secret opens for somebody without a session. The secret follows `#`, so no server logs it.
 */
import { useEffect, useState } from 'react';
import { apiBase } from '@/config/env';
import { toProblem, unreachable } from '@/lib/problem';

/** The secret in this page's address; empty if there is none. */
export const useSecret = (): string => {
  const read = () => new URLSearchParams(location.hash.slice(1)).get('secret') ?? '';
  const [secret, setSecret] = useState(read);
  useEffect(() => {
    const listen = () => setSecret(read());
    addEventListener('hashchange', listen);
    return () => removeEventListener('hashchange', listen);
  }, []);
  return secret;
};

/**
 * Asks `path` of the API, without the session of whoever happens to be signed in here: it is the link that answers.
 * With a body it is a POST. Throws a problem. The caller says what the answer is.
 */
export const askByLink = async (path: string, body?: object): Promise<unknown> => {
  const response = await fetch(apiBase + path, {
    method: body ? 'POST' : 'GET',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toProblem(response, answer);
  return answer;
};
