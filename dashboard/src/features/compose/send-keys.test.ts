import { expect, it } from 'vitest';
import { Problem, unreachable } from '@/lib/problem';
import { makeSendKeys } from './send-keys';

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
