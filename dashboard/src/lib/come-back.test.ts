import { expect, it } from 'vitest';
import { retryAfterOf, waitBefore } from './come-back';

const pages = 5_000;

/** When each page asks again, from the server's return on; it was away for so long. */
const asksAfter = (away_ms: number, isSeen = true): number[] =>
  Array.from({ length: pages }, () => {
    let [at, failures] = [0, 0];
    do at += waitBefore({ failures: (failures += 1), isSeen });
    while (at < away_ms);
    return at - away_ms;
  });
const mostInTenth = (moments: number[]): number =>
  Math.max(...Array.from({ length: 150 }, (_, at) => moments.filter((each) => Math.floor(each / 100) === at).length));

it('a page that somebody looks at asks again within a second of the server’s return', () => {
  for (const away_ms of [0, 700, 2_000, 60_000]) expect(Math.max(...asksAfter(away_ms))).toBeLessThanOrEqual(1_000);
});

it('five thousand pages that lost a server together do not come back in one moment', () => {
  // A tenth of the second has 500 of them, were they spread evenly.
  for (const away_ms of [0, 2_000, 10_000, 60_000]) expect(mostInTenth(asksAfter(away_ms))).toBeLessThan(800);
});

it('pages that nobody looks at leave the server to the others', () => {
  const moments = asksAfter(60_000, false);
  expect(moments.filter((each) => each < 1_000).length).toBeLessThan(pages / 5);
  expect(Math.max(...moments)).toBeLessThanOrEqual(15_000);
});

it('a server that is asked too often says for how long it is to be left alone', () => {
  const said = (text: string) => retryAfterOf(new Response('', { headers: { 'Retry-After': text } }));
  expect([said('20'), said('0'), said('86400')]).toEqual([20_000, 1_000, 60_000]);
  expect(said('Mon, 30 Nov 2026 15:00:00 GMT')).toBeUndefined();
  expect(retryAfterOf(new Response(''))).toBeUndefined();
  expect(waitBefore({ failures: 1, isSeen: true, retryAfter_ms: 20_000 })).toBeGreaterThanOrEqual(20_000);
});
