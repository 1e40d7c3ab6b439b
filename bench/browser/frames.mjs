// frames.mjs NAME=PATH[=SELECTOR]…: scrolls each page (or what SELECTOR finds) from its top to its end and back at a
// reader's quickest, and tells how long its frames took, as JSON: {name: {frames, over_17, over_34, p99_ms, most_ms,
// drawn_nodes, ready_ms}}.
import { address, signIn } from './session.mjs';

const seconds = Number(process.env.SECONDS ?? 6);
const { page, close } = await signIn();

/** In the page: the time between frames while it scrolls `selector` by `px_per_s`, turning round at both ends. */
const scroll = ({ selector, seconds: lasting, px_per_s }) =>
  new Promise((done) => {
    const at = selector ? document.querySelector(selector) : document.scrollingElement;
    const gaps = [];
    const begun = performance.now();
    let [last, way] = [begun, 1];
    const frame = (now) => {
      gaps.push(now - last);
      const before = at.scrollTop;
      at.scrollTop += (way * px_per_s * (now - last)) / 1000;
      if (at.scrollTop === before && now - begun > 100) way = -way;
      last = now;
      if (now - begun < lasting * 1000) requestAnimationFrame(frame);
      else done({ gaps: gaps.slice(2), nodes: document.querySelectorAll('*').length, height: at.scrollHeight });
    };
    requestAnimationFrame(frame);
  });

const told = {};
for (const each of process.argv.slice(2)) {
  const [name, path, selector] = each.split('=>');
  const begun = performance.now();
  await page.goto(`${address}${path}`);
  await page.locator('[data-post], [data-entry]').first().waitFor({ state: 'attached' });
  const ready_ms = performance.now() - begun;
  await page.waitForLoadState('networkidle');
  const { gaps, nodes, height } = await page.evaluate(scroll, { selector, seconds, px_per_s: 4_000 });
  const sorted = [...gaps].sort((a, b) => a - b);
  told[name] = {
    frames: gaps.length,
    // One of a display of 60 Hz is 16.7 ms; one that comes at the next but one was dropped.
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / 16.7) - 1), 0),
    p50_ms: sorted[Math.floor(sorted.length / 2)],
    p99_ms: sorted[Math.floor(sorted.length * 0.99)],
    most_ms: sorted.at(-1),
    nodes,
    height,
    ready_ms,
  };
}
await close();
console.log(JSON.stringify(told));
