import { expect, it } from 'vitest';
import { deviceOf } from './device';

it('a device is named by its browser and its system', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
  expect(deviceOf(`Mozilla/5.0 (X11; Linux x86_64) ${chrome}`)).toEqual({ program: 'Chrome', system: 'Linux' });
  expect(deviceOf(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/141.0.0.0`)).toEqual({
    program: 'Edge',
    system: 'Windows',
  });
  expect(
    deviceOf(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    ),
  ).toEqual({ program: 'Safari', system: 'iPhone' });
  expect(deviceOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:132.0) Gecko/20100101 Firefox/132.0')).toEqual({
    program: 'Firefox',
    system: 'Mac',
  });
});

it('a program that is no browser has its own name, and silence has none', () => {
  expect(deviceOf('curl/7.88.1')).toEqual({ program: 'curl', system: undefined });
  expect(deviceOf('')).toEqual({ program: undefined, system: undefined });
  expect(deviceOf('Mozilla/5.0')).toEqual({ program: undefined, system: undefined });
});
