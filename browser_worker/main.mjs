// One assisted login: JSON lines in (start, code), JSON lines out (needs_code, wrong_code, cookies, failed), then the end. README.md has them.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { confine, flags } from './egress.mjs';
import { Failure, LinkedInLogin } from './linkedin.mjs';

/** Longer lines are nobody's password and nobody's code. */
const line_length_max = 16 * 1024;

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** What is said, one message after the other; whoever speaks is gone: the browser goes, too. */
const hear = (onEnd) => {
  const waiting = [];
  let wanted;
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    if (line.length > line_length_max) return onEnd();
    const message = JSON.parse(line);
    if (wanted) {
      wanted(message);
      wanted = undefined;
    } else {
      waiting.push(message);
    }
  });
  lines.on('close', onEnd);
  return () => (waiting.length ? Promise.resolve(waiting.shift()) : new Promise((resolve) => (wanted = resolve)));
};

const launch = (order) =>
  chromium
    .launchPersistentContext(order.folder, {
      executablePath: order.browser,
      headless: true,
      chromiumSandbox: order.sandboxed,
      args: flags(order.base_url),
      // Its temporary files go with its profile; nothing of this process's environment is its business.
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: order.folder, TMPDIR: order.folder },
      serviceWorkers: 'block',
      acceptDownloads: false,
      timeout: order.page_ms,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    .catch(() => {
      throw new Failure('no_browser');
    });

/** The next code, in time. */
const ask = async (next, order) => {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Failure('code_too_late')), order.code_ms);
  });
  const message = await Promise.race([next(), late]);
  clearTimeout(timer);
  if (message.do !== 'code' || typeof message.code !== 'string') throw new Failure('unexpected');
  return message.code;
};

const logIn = async (context, order, next) => {
  await confine(context, order.base_url);
  const login = new LinkedInLogin(context, order);
  let state = await login.start(order.email, order.password);
  order.password = '';
  while (state === 'needs_code' || state === 'wrong_code') {
    say({ is: state });
    state = await login.verify(await ask(next, order));
  }
  return login.cookies();
};

let context;
const leave = async () => {
  await context?.close().catch(() => {});
  process.exit(0);
};
process.on('SIGTERM', leave);
const next = hear(leave);
const order = await next();
try {
  context = await launch(order);
  say({ is: 'cookies', ...(await logIn(context, order, next)) });
} catch (error) {
  // A page's words are nobody's business here: what is said has a name of ours.
  say({ is: 'failed', why: error instanceof Failure ? error.why : 'unexpected' });
}
await leave();
