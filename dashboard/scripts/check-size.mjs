// What the first page loads stays small: the script of index.html with all that it imports at once, what the first
// pages add to it before they are drawn, and the style. The pages are measured as browsers get them, in brotli.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const limits_kb = { script: 155, style: 20, overview: 160, 'signing in': 180 };
const pages = { overview: 'src/features/overview/overview-page.tsx', 'signing in': 'src/features/auth/sign-in-page.tsx' };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const entry = Object.values(manifest).find((each) => each.isEntry);

/** The files that a browser waits for, with those that they import. */
const filesOf = (...chunks) => {
  const found = { scripts: new Set(), styles: new Set() };
  const walk = (chunk) => {
    if (found.scripts.has(chunk.file)) return;
    found.scripts.add(chunk.file);
    chunk.css?.forEach((each) => found.styles.add(each));
    chunk.imports?.forEach((each) => walk(manifest[each]));
  };
  chunks.forEach(walk);
  return found;
};
const { scripts, styles } = filesOf(entry);

const gzip = (bytes) => gzipSync(bytes, { level: 9 });
const kb = (files, compress = gzip) =>
  [...files].reduce((sum, file) => sum + compress(readFileSync(new URL(file, dist))).length, 0) / 1000;
const found = { script: kb(scripts), style: kb(styles) };
for (const [page, source] of Object.entries(pages))
  found[page] = kb(filesOf(entry, manifest[source]).scripts, brotliCompressSync);
let isTooLarge = false;
for (const [kind, limit] of Object.entries(limits_kb)) {
  const line = `first load, ${kind}: ${found[kind].toFixed(1)} kB ${kind in pages ? 'brotli' : 'gzip'} of ${limit}`;
  if (found[kind] > limit) isTooLarge = true;
  console.log(found[kind] > limit ? `too large: ${line}` : line);
}
const css = [...styles].map((file) => readFileSync(new URL(file, dist), 'utf8')).join('');
if (/url\(['\"]?(https?:)?\/\//.test(css)) {
  console.log('the style asks another host for something');
  isTooLarge = true;
}
process.exit(isTooLarge ? 1 : 0);
