import { expect, it, vi } from 'vitest';
import { Problem, unreachable } from '@/lib/problem';
import { makeSendKeys, sendOnce } from './send-keys';

const refused = (status: number, code = '') => new Problem({ status, detail: 'No.', code });

it('what is sent again without an answer has the same key, so that the post is made once', () => {
  const keys = makeSendKeys();
  const first = keys.of('schedule');
  for (const problem of [unreachable(), refused(503), refused(409, 'request_in_progress')]) {
    keys.failed(problem);
    expect(keys.of('schedule')).toBe(first);
  }
});

it('what was refused, what was changed, and what is sent in another way has another key', () => {
  const keys = makeSendKeys();
  const seen = [keys.of('schedule'), keys.of('draft')];
  keys.failed(refused(422));
  seen.push(keys.of('schedule'));
  keys.renew();
  seen.push(keys.of('schedule'));
  expect(new Set(seen).size).toBe(4);
});

it('a form that is sent again without an answer makes its thing once; other content, and what was made, is another', async () => {
  const seen: string[] = [];
  const send = vi.fn((header: { 'Idempotency-Key': string }): Promise<string> => {
    seen.push(header['Idempotency-Key']);
    return Promise.resolve('made');
  });
  send.mockImplementationOnce((header) => {
    seen.push(header['Idempotency-Key']);
    return Promise.reject(unreachable());
  });
  await expect(sendOnce('team', { name: 'Dealers' }, send)).rejects.toThrow();
  await sendOnce('team', { name: 'Editors' }, send);
  await sendOnce('campaign', { name: 'Dealers' }, send);
  await expect(sendOnce('team', { name: 'Dealers' }, send)).resolves.toBe('made');
  await sendOnce('team', { name: 'Dealers' }, send);
  expect(seen[3]).toBe(seen[0]);
  expect(new Set(seen).size).toBe(4);
});

it('a form that was refused takes another key, though its content is the same', async () => {
  const seen: string[] = [];
  const refuse = (header: { 'Idempotency-Key': string }): Promise<never> => {
    seen.push(header['Idempotency-Key']);
    return Promise.reject(refused(409, 'name_taken'));
  };
  await expect(sendOnce('team', { name: 'Taken' }, refuse)).rejects.toThrow();
  await expect(sendOnce('team', { name: 'Taken' }, refuse)).rejects.toThrow();
  expect(new Set(seen).size).toBe(2);
});
