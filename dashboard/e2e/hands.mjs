// What the walk stands on: the browser, the other side's hands on the server, and how a case is told.
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { patience_ms, until } from './until.mjs';

export { until };

export const address = process.env.PULSE_ADDRESS;
export const sandbox = process.env.PULSE_SANDBOX;
const screenshots = process.env.PULSE_SCREENSHOTS;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Asks tests/e2e/browser_test.py: kill, start, account, fault, unconfirm, arrived, promote, tire, send_mail, mails. */
export const ask = async (what, more = {}) => {
  process.stdout.write(`@${JSON.stringify({ do: what, ...more })}\n`);
  const { value } = await lines.next();
  const told = JSON.parse(value);
  if (told.failed !== undefined) throw new Error(`${what}: ${told.failed}`);
  return told.is;
};

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});

export const openPage = async ({ width = 1440, theme = 'light', state } = {}) => {
  const isPhone = width < 640;
  const context = await browser.newContext({
    viewport: { width, height: isPhone ? 844 : 900 },
    colorScheme: theme,
    isMobile: isPhone,
    hasTouch: isPhone,
    reducedMotion: 'reduce',
    timezoneId: 'America/New_York',
    permissions: ['clipboard-read', 'clipboard-write'],
    storageState: state,
  });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.stack}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(address).origin) complaints.push(`asked another host: ${request.url()}`);
  });
  return { context, page, complaints };
};

/** A picture that is kept with the test's results. */
export const picture = async (page, name) => {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}/${name}.png` });
};

let failed = 0;
export const failures = () => failed;

/** One case: its name is a sentence. What follows a failed one is told as failed, too, where it needs it. */
export const test = async (sentence, run, page) => {
  try {
    await run();
    console.log(`pass ${sentence}`);
    return true;
  } catch (error) {
    failed += 1;
    console.log(`fail ${sentence}`);
    console.log(String(error?.stack ?? error).split('\n').slice(0, 14).join('\n'));
    if (page) await picture(page, `failed-${failed}`).catch(() => undefined);
    return false;
  }
};

export const expect = (is, what) => {
  if (!is) throw new Error(`not so: ${what}`);
};

/** Presses a key until the condition is true, at most so often; fails in these words. */
export const pressUntil = async (page, key, condition, what, most = 40) => {
  for (let times = 0; times < most; times += 1) {
    await page.keyboard.press(key);
    if (await condition()) return;
  }
  throw new Error(`after ${most} times ${key} still not: ${what}`);
};
