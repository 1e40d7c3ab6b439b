/** What went wrong with a request, as the API says it (RFC 9457), or what stood in for an answer. */
import type { components } from '@/lib/api/schema';
import { problemStrings as words } from '@strings/problems';

type ProblemDocument = components['schemas']['problem'];
type FieldProblem = { pointer?: string; parameter?: string; detail: string };

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly requestId: string;
  readonly retryAfterS: number | undefined;
  /** A time at which it would not be refused. */
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

/** The server did not answer at all. */
export const unreachable = (): Problem => new Problem({ status: 0, detail: words.unreachable, code: 'unreachable' });

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem({ status: 0, detail: error instanceof Error ? error.message : words.unreachable });
