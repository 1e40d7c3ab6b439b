// Waits for conditions: nothing in this folder waits for a time, and nothing goes on without what it waited for.
export const patience_ms = 20_000;

/** What the condition answers, as soon as that is true; fails in these words when it never is. */
export const until = async (condition, what, limit_ms = patience_ms) => {
  const end = Date.now() + limit_ms;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`after ${limit_ms / 1000} s still not: ${what}`);
    await new Promise((done) => setTimeout(done, 50)); // looks again, which is no wait of its own
  }
};

/** Until the page has its heading, and nothing stands in for what is still being read. */
export const isRead = async (page) => {
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => !document.querySelector('.late-skeleton, [aria-busy="true"]'));
};

/** Until nothing moves; what never ends (a skeleton's shimmer) does not count. */
export const isStill = (page) =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every((each) => each.playState !== 'running' || each.effect?.getComputedTiming().endTime === Infinity),
  );

/**
 * Notes what the page asks for, from now on. What it gives waits until all is answered and drawn, also after a click
 * on a page that was quiet before: of that `networkidle` knows nothing.
 */
export const watchRequests = (page) => {
  const asked = new Set();
  page.on('request', (each) => {
    if (each.isNavigationRequest() && each.frame() === page.mainFrame()) asked.clear(); // the page before has no answers
    asked.add(each);
  });
  page.on('requestfinished', (each) => asked.delete(each));
  page.on('requestfailed', (each) => asked.delete(each));
  // An answer may lead to the next question: whether it does is known once the page has nothing to do.
  const isIdle = () => page.evaluate(() => new Promise((done) => requestIdleCallback(() => done(true))));
  return () =>
    until(async () => asked.size === 0 && (await isIdle()) && asked.size === 0, 'what the page asks for is there');
};
