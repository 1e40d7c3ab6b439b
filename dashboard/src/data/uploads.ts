/**
 * Files on their way into the library. They go in parts, over tus: a line that breaks, a page that was closed or a
 * token that ended costs nothing but the part that was under way. Uploads belong to the page, not to a component: they
 * go on while one looks at something else.
 */
import type { Upload as TusUpload } from 'tus-js-client';
import { apiBase } from '@/config/env';
import { api, dataOf } from '@/lib/api/client';
import { queryClient } from '@/lib/query-client';
import { accessToken } from '@/lib/session';
import { makeStore } from '@/lib/store';
import { uploadStrings as words } from '@strings/uploads';
import { queryKeys } from './keys';
import type { Medium } from './media';

export type Upload = {
  key: string;
  projectId: string;
  /** The component that asked for it, which shows its row. */
  place: string;
  name: string;
  type: string;
  bytes: number;
  sent: number;
  /** `looking`: fully received, and the server examines it. */
  state: 'sending' | 'looking' | 'failed';
  problem?: string;
  /** The picture from the browser's memory, until the library has it. */
  picture?: string;
};

type Running = {
  tus?: TusUpload;
  isCancelled: boolean;
  /** The server refused the file, and has deleted it. */
  isRefused: boolean;
  file: File;
  onDone: (made: Medium) => void;
};

const part_bytes = 8 * 1024 * 1024;
const retries_ms = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 40_000];

export const uploadsStore = makeStore<Upload[]>([]);
const running = new Map<string, Running>();
let last = 0;

const change = (key: string, part: Partial<Upload>): void =>
  uploadsStore.set(uploadsStore.get().map((each) => (each.key === key ? { ...each, ...part } : each)));

const forget = (key: string): void => {
  const gone = uploadsStore.get().find((each) => each.key === key);
  if (gone?.picture) URL.revokeObjectURL(gone.picture);
  running.delete(key);
  uploadsStore.set(uploadsStore.get().filter((each) => each.key !== key));
};

/** The server's own sentence about it. */
const sentenceOf = (error: unknown): string => {
  const response = (error as { originalResponse?: { getBody: () => string } | null }).originalResponse;
  if (!response) return words.broken;
  try {
    const said = JSON.parse(response.getBody()) as { detail?: unknown; errors?: { detail?: unknown }[] };
    const detail = said.errors?.[0]?.detail ?? said.detail;
    return typeof detail === 'string' ? detail : words.broken;
  } catch {
    return words.broken;
  }
};

const statusOf = (error: unknown): number =>
  (error as { originalResponse?: { getStatus: () => number } | null }).originalResponse?.getStatus() ?? 0;

/**
 * A refused file stays refused; an expired token, a file locked by another call and an unreachable server are retried.
 */
const isWorthAnother = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === 0 || status === 401 || status === 409 || status === 423 || status === 429 || status >= 500;
};

const finish = async (key: string, url: string): Promise<void> => {
  const id = url.split('/').at(-1) ?? '';
  const made = await dataOf(api.GET('/media/{id}', { params: { path: { id } } }));
  const { onDone } = running.get(key) ?? {};
  queryClient.setQueryData(queryKeys.medium(id), made);
  forget(key);
  onDone?.(made);
  await queryClient.invalidateQueries({ queryKey: queryKeys.media });
};

const start = async (key: string): Promise<void> => {
  const of = uploadsStore.get().find((each) => each.key === key);
  const run = running.get(key);
  if (!of || !run) return;
  const { Upload: Tus } = await import('tus-js-client');
  if (run.isCancelled) return;
  const fail = (error: unknown) => {
    run.isRefused = !isWorthAnother(error);
    change(key, { state: 'failed', problem: sentenceOf(error) });
  };
  const tus = new Tus(run.file, {
    endpoint: `${apiBase}/media`,
    chunkSize: part_bytes,
    retryDelays: retries_ms,
    removeFingerprintOnSuccess: true,
    metadata: { filename: of.name, project_id: of.projectId },
    onBeforeRequest: async (request) => {
      const token = await accessToken();
      if (token) request.setHeader('Authorization', `Bearer ${token}`);
    },
    // Behind a proxy only this page knows the upload's public address.
    onUploadUrlAvailable: () => {
      tus.url = `${apiBase}/media/uploads/${tus.url?.split('/').at(-1) ?? ''}`;
    },
    onProgress: (sent) => change(key, { sent, state: sent >= of.bytes ? 'looking' : 'sending' }),
    onShouldRetry: (error) => isWorthAnother(error),
    onError: fail,
    onSuccess: () => void finish(key, tus.url ?? '').catch(fail),
  });
  run.tus = tus;
  const earlier = await tus.findPreviousUploads().catch(() => []);
  const same = earlier.find((each) => each.metadata.project_id === of.projectId);
  if (same) tus.resumeFromPreviousUpload(same);
  if (!run.isCancelled) tus.start();
};

/**
 * Starts the uploads; `onDone` is called for each file in the library, with its index in `files`. Small files finish
 * first.
 */
export const addFiles = (
  projectId: string,
  place: string,
  files: Iterable<File>,
  onDone: (made: Medium, index: number) => void = () => undefined,
): void => {
  for (const [index, file] of [...files].entries()) {
    last += 1;
    const key = `upload-${last}`;
    running.set(key, { isCancelled: false, isRefused: false, file, onDone: (made) => onDone(made, index) });
    uploadsStore.set([
      ...uploadsStore.get(),
      {
        key,
        projectId,
        place,
        name: file.name || words.pasted,
        type: file.type,
        bytes: file.size,
        sent: 0,
        state: 'sending',
        ...(file.type.startsWith('image/') ? { picture: URL.createObjectURL(file) } : {}),
      },
    ]);
    void start(key);
  }
};

/** Cancels it, and makes the server delete what it has received. */
export const cancelUpload = (key: string): void => {
  const run = running.get(key);
  if (run) {
    run.isCancelled = true;
    void run.tus?.abort(!run.isRefused).catch(() => undefined);
  }
  forget(key);
};

export const retryUpload = (key: string): void => {
  change(key, { state: 'sending', problem: undefined });
  void start(key);
};

/** The files of a drop or a paste that may be pictures or films. */
export const mediaIn = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter((each) => /^(image|video)\//.test(each.type));
