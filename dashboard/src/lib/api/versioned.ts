/** Reading with a version, and changing only that version (ETag and If-Match). */
import { asProblem, toProblem } from '@/lib/problem';

export type Versioned<T> = { of: T; etag: string };

export const versionedOf = async <T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Versioned<NonNullable<T>>> => {
  const { data, error, response } = await answer;
  if (data === undefined || data === null) throw toProblem(response, error);
  return { of: data, etag: response.headers.get('etag') ?? '' };
};

export const ifMatch = (etag: string): { 'If-Match'?: string } => (etag ? { 'If-Match': etag } : {});

/** Whether it was refused because somebody else had changed it since; rules name their version in the body. */
export const isChangedMeanwhile = (error: unknown): boolean => {
  if (!error) return false;
  const { status, code } = asProblem(error);
  return status === 412 || code === 'rule_has_changed';
};

/**
 * Saves over the version `etag`; after a refusal once more over the version that stands there, if `isTheSame`: with the
 * same content there is nothing to choose between.
 */
export const saveOver = async <T>(
  etag: string,
  save: (etag: string) => Promise<T>,
  reread: () => Promise<Versioned<unknown> & { isTheSame: boolean }>,
): Promise<T> => {
  try {
    return await save(etag);
  } catch (error) {
    if (!isChangedMeanwhile(error)) throw error;
    const now = await reread();
    if (!now.isTheSame) throw error;
    return save(now.etag);
  }
};
