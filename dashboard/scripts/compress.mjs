// Makes the brotli and gzip forms of what was built, once, so that nobody does it for each request.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const compressible = /\.(js|css|html|svg|json|txt|map)$/;

for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name);
  if (!statSync(path).isFile() || !compressible.test(name)) continue;
  // The server writes its base and nonce into index.html, so that one is compressed by nobody.
  if (name === 'index.html' || name.startsWith('.vite')) continue;
  const content = readFileSync(path);
  const made = {
    '.br': brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
    '.gz': gzipSync(content, { level: 9 }),
  };
  for (const [ending, bytes] of Object.entries(made)) {
    if (bytes.length < content.length) writeFileSync(path + ending, bytes);
  }
}
