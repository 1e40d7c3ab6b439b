import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenThere } from './when-there';

const answers = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', answers);
  answers.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const failing = (times: number) => {
  let tried = 0;
  return vi.fn(async () => {
    tried += 1;
    if (tried <= times) throw new TypeError('Failed to fetch dynamically imported module');
    return 'the page';
  });
};

it('a file that cannot be fetched without the server is waited for, and fetched as soon as the network is back', async () => {
  answers.mockRejectedValue(new TypeError('no network'));
  const load = failing(2);
  const loaded = whenThere(load)();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(load).toHaveBeenCalledTimes(2);
  dispatchEvent(new Event('online'));
  expect(await loaded).toBe('the page');
});

it('a file that the server no longer has is no matter of waiting', async () => {
  answers.mockResolvedValue(new Response('{}'));
  await expect(whenThere(failing(9))()).rejects.toThrow('dynamically imported');
});
