/** An error of a request: the API's problem document (RFC 9457), or a substitute if there was no answer. */
import type { components } from '@/lib/api/schema';
import { problemStrings as words } from '@strings/problems';

/** "must not be blank" as a sentence of its own. */
export const sentence = (detail: string): string => {
  const text = detail.trim();
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
};

type ProblemDocument = components['schemas']['problem'];
type FieldProblem = { pointer?: string; parameter?: string; detail: string };

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly requestId: string;
  readonly retryAfterS: number | undefined;
  /** A time at which the request would be accepted. */
  readonly otherTime: string | undefined;

  constructor(given: {
    status: number;
    detail: string;
    code?: string;
    fields?: FieldProblem[];
    requestId?: string;
    retryAfterS?: number;
    otherTime?: string;
  }) {
    super(given.detail);
    this.name = 'Problem';
    this.status = given.status;
    this.code = given.code ?? '';
    this.fields = given.fields ?? [];
    this.requestId = given.requestId ?? '';
    this.retryAfterS = given.retryAfterS;
    this.otherTime = given.otherTime;
  }
}

const isDocument = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string';

export const toProblem = (response: Response, body: unknown): Problem => {
  const retry = Number(response.headers.get('retry-after'));
  const retryAfterS = Number.isFinite(retry) && retry > 0 ? retry : undefined;
  const requestId = response.headers.get('x-request-id') ?? '';
  if (!isDocument(body)) {
    return new Problem({ status: response.status, detail: words.unreadable(response.status), requestId, retryAfterS });
  }
  return new Problem({
    status: response.status,
    detail: body.detail,
    code: body.code,
    fields: body.errors,
    requestId: body.request_id ?? requestId,
    retryAfterS,
    otherTime: response.headers.get('pulse-other-time') ?? undefined,
  });
};

/** "Access token" for "/account/access_token". */
const nameOf = (place: string): string => {
  const word = place.split('/').findLast((each) => each !== '' && !/^\d+$/.test(each)) ?? '';
  const spaced = word.replace(/_ids?$/, '').replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** The text for a person where no field is shown: each refused field by name, or the server's own sentence. */
export const wordsOf = (problem: Problem): string =>
  problem.fields.length === 0
    ? problem.message
    : isNoSuch(problem)
      ? `${words.notFoundTitle}.`
      : problem.fields.map((each) => sentence(`${nameOf(each.pointer ?? each.parameter ?? '')} ${each.detail}`)).join(' ');

/** Whether there is no such thing: nobody knows its id, or what the address has in its place is none. */
export const isNoSuch = (problem: Problem): boolean =>
  problem.status === 404 || (problem.fields.length > 0 && problem.fields.every((each) => each.parameter === 'id'));

/** The server did not answer at all. */
export const unreachable = (): Problem =>
  new Problem({ status: 0, detail: navigator.onLine ? words.unreachable : words.offline, code: 'unreachable' });

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem({ status: 0, detail: error instanceof Error ? error.message : words.unreachable });
