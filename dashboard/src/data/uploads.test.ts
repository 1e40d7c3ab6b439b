import { beforeEach, expect, test, vi } from 'vitest';
import { addFiles, cancelUpload, uploadsStore } from './uploads';

type Options = { onError: (error: unknown) => void };
const made: { options: Options; abort: ReturnType<typeof vi.fn> }[] = [];

vi.mock('tus-js-client', () => ({
  Upload: class {
    abort = vi.fn(() => Promise.resolve());
    start = vi.fn();
    findPreviousUploads = () => Promise.resolve([]);
    constructor(_file: File, options: Options) {
      made.push({ options, abort: this.abort });
    }
  },
}));

const failWith = async (status: number | undefined) => {
  addFiles('project', 'here', [new File(['x'], 'a.bin')]);
  await vi.waitFor(() => expect(made).toHaveLength(1));
  const answer = { getStatus: () => status, getBody: () => '{"detail": "It is no picture."}' };
  made[0]?.options.onError({ originalResponse: status === undefined ? null : answer });
  expect(uploadsStore.get()[0]?.state).toBe('failed');
  cancelUpload(uploadsStore.get()[0]?.key ?? '');
  expect(uploadsStore.get()).toEqual([]);
  return made[0]?.abort;
};

beforeEach(() => {
  made.length = 0;
});

test('what the server refused it has forgotten itself, and is not asked to', async () => {
  expect(await failWith(422)).toHaveBeenCalledWith(false);
});

test('what broke on the way is forgotten on the server, too', async () => {
  expect(await failWith(undefined)).toHaveBeenCalledWith(true);
});

test('a server that is away keeps what has arrived until it is told', async () => {
  expect(await failWith(503)).toHaveBeenCalledWith(true);
});
