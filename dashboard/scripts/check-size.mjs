// What the first page loads stays small: the script of index.html with all that it imports at once, and the style.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limits_kb = { script: 155, style: 20 };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const entry = Object.values(manifest).find((each) => each.isEntry);

const scripts = new Set();
const styles = new Set();
const walk = (chunk) => {
  if (scripts.has(chunk.file)) return;
  scripts.add(chunk.file);
  chunk.css?.forEach((each) => styles.add(each));
  chunk.imports?.forEach((each) => walk(manifest[each]));
};
walk(entry);

const kb = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length, 0) / 1000;
const found = { script: kb(scripts), style: kb(styles) };
let isTooLarge = false;
for (const [kind, limit] of Object.entries(limits_kb)) {
  const line = `first load, ${kind}: ${found[kind].toFixed(1)} kB gzip of ${limit}`;
  if (found[kind] > limit) isTooLarge = true;
  console.log(found[kind] > limit ? `too large: ${line}` : line);
}
const css = [...styles].map((file) => readFileSync(new URL(file, dist), 'utf8')).join('');
if (/url\(['\"]?(https?:)?\/\//.test(css)) {
  console.log('the style asks another host for something');
  isTooLarge = true;
}
process.exit(isTooLarge ? 1 : 0);
