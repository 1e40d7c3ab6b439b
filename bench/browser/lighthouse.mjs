// lighthouse.mjs PATH…: what Lighthouse says of pages, as JSON: {path: {performance, accessibility, wanting: […],
// metrics}}.
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/lr-desktop-config.js';
import { address, signIn } from './session.mjs';

const port = Number(process.env.DEBUG_PORT ?? 9333);
const { page, close } = await signIn([`--remote-debugging-port=${port}`]);
await page.close();
const told = {};
for (const path of process.argv.slice(2)) {
  const flags = { port, output: 'json', logLevel: 'error', disableStorageReset: true, onlyCategories: ['performance', 'accessibility'] };
  const { lhr } = await lighthouse(`${address}${path}`, flags, desktop);
  const scoreOf = (name) => Math.round((lhr.categories[name].score ?? 0) * 100);
  const valueOf = (name) => lhr.audits[name]?.numericValue;
  const refs = Object.values(lhr.categories).flatMap((each) => each.auditRefs.filter((ref) => ref.weight > 0));
  told[path] = {
    performance: scoreOf('performance'),
    accessibility: scoreOf('accessibility'),
    ended_at: new URL(lhr.finalDisplayedUrl).pathname,
    wanting: refs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 0.95).map((audit) => `${audit.id} ${audit.score}`),
    largest_paint_ms: valueOf('largest-contentful-paint'),
    blocked_ms: valueOf('total-blocking-time'),
    shift: valueOf('cumulative-layout-shift'),
    speed_index_ms: valueOf('speed-index'),
  };
}
await close();
console.log(JSON.stringify(told));
