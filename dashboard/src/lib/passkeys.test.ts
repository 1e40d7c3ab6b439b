import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './passkeys';

describe('base64url of passkeys', () => {
  it('comes back as it was, whatever the bytes and the length', () => {
    for (let size = 0; size < 70; size += 1) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 89 + size) % 256);
      const text = toBase64url(bytes.buffer);
      expect(text).toMatch(/^[\w-]*$/);
      expect([...fromBase64url(text)]).toEqual([...bytes]);
    }
  });
});
