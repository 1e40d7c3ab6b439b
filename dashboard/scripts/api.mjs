// Makes src/lib/api/schema.d.ts from a running Pulse's document; with --check says whether it is still the same.
//   node scripts/api.mjs [--check] [http://localhost:8000 | file.json]
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const isCheck = process.argv.includes('--check');
const from =
  process.argv.slice(2).find((each) => !each.startsWith('--')) ??
  process.env.VITE_PROXY_TARGET ??
  'http://localhost:8000';
const document = from.endsWith('.json')
  ? JSON.parse(readFileSync(from, 'utf8'))
  : await (await fetch(`${from}/openapi.json`)).json();
const head = '/* Made from /openapi.json by `npm run api`. Not edited by hand. */\n';
const made = head + astToString(await openapiTS(document));
const path = new URL('../src/lib/api/schema.d.ts', import.meta.url);

if (!isCheck) {
  writeFileSync(path, made);
  console.log('src/lib/api/schema.d.ts is made anew.');
} else if (readFileSync(path, 'utf8') === made) {
  console.log('The types are those of the document.');
} else {
  const [was, is] = [readFileSync(path, 'utf8').split('\n'), made.split('\n')];
  const first = is.findIndex((line, at) => line !== was[at]);
  console.log(
    `The API has changed since the types were made. Run npm run api. First difference, line ${first + 1}:\n- ${was[first]}\n+ ${is[first]}`,
  );
  process.exit(1);
}
