import { afterEach, expect, it } from 'vitest';
import { noteServerDate, resetClock, serverNow } from './clock';

afterEach(resetClock);

it('answers of a server whose clock agrees change nothing', () => {
  const now = Date.now();
  noteServerDate(new Date(now).toUTCString(), now - 20, now);
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(5);
});

it('several answers find a server that is 90 s ahead within half a second', () => {
  const ahead = 90_000;
  const now = Date.now();
  for (let i = 0; i < 20; i += 1) {
    const at = now + i * 173;
    noteServerDate(new Date(Math.floor((at + ahead) / 1000) * 1000).toUTCString(), at - 5, at);
  }
  expect(Math.abs(serverNow() - Date.now() - ahead)).toBeLessThan(500);
});

it('a header that is no date is passed over', () => {
  noteServerDate('tomorrow', 0, 1);
  noteServerDate(null, 0, 1);
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(5);
});
