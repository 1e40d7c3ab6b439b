// keys.mjs NAME=>PATH…: goes down each list with J, and tells how long each press took until its frame was painted, as
// JSON: {name: {presses, p50_ms, p95_ms, most_ms, in_view}}. `in_view`: the row that it has gone to can be seen.
import { address, signIn } from './session.mjs';

const presses = Number(process.env.PRESSES ?? 60);
const { page, close } = await signIn();

/** Once, in the page: from each J to the first moment at which the frame after it is there. */
const watch = () => {
  window.took = [];
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key !== 'j') return;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.took.push(performance.now() - timeStamp);
        painted.port2.postMessage(0); // comes behind the frame that this callback belongs to
      });
    },
    true,
  );
};

/** Whether the middle of the current row is what is seen there. */
const isInView = () => {
  const row = document.querySelector('main [aria-current="true"]');
  const { left, top, width, height } = row.getBoundingClientRect();
  return row.contains(document.elementFromPoint(left + width / 2, top + height / 2));
};

const told = {};
for (const each of process.argv.slice(2)) {
  const [name, path] = each.split('=>');
  await page.goto(`${address}${path}`);
  await page.locator('[data-post], main li').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(watch);
  for (let pressed = 1; pressed <= presses; pressed += 1) {
    await page.keyboard.press('j');
    await page.waitForFunction((count) => window.took.length === count, pressed);
  }
  const sorted = (await page.evaluate(() => window.took)).sort((a, b) => a - b);
  told[name] = {
    presses: sorted.length,
    p50_ms: sorted[Math.floor(sorted.length / 2)],
    p95_ms: sorted[Math.floor(sorted.length * 0.95)],
    most_ms: sorted.at(-1),
    in_view: await page.evaluate(isInView),
  };
}
await close();
console.log(JSON.stringify(told));
