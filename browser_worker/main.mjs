// One order, a sign-in or an act at LinkedIn: JSON lines in and out, then the end. README.md has them.
import { LinkedInAct } from './acting.mjs';
import { launch } from './chromium.mjs';
import { hear, say } from './conversation.mjs';
import { confine } from './egress.mjs';
import { Failure } from './failure.mjs';
import { Gate } from './gate.mjs';
import { LinkedInLogin } from './linkedin.mjs';

/** The next message that is `kind`, in time. */
const ask = async (next, kind, within_ms, late_word) => {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Failure(late_word)), within_ms);
  });
  const message = await Promise.race([next(), late]);
  clearTimeout(timer);
  if (message.do !== kind) throw new Failure('unexpected');
  return message;
};

const codeOf = async (next, order) => {
  const { code } = await ask(next, 'code', order.code_ms, 'code_too_late');
  if (typeof code !== 'string') throw new Failure('unexpected');
  return code;
};

const logIn = async ({ context, order, next }) => {
  const login = new LinkedInLogin(context, order);
  let state = await login.start(order.email, order.password);
  order.password = '';
  while (state === 'needs_code' || state === 'wrong_code') {
    say({ is: state });
    state = await login.verify(await codeOf(next, order));
  }
  return { is: 'cookies', ...(await login.cookies()) };
};

/** Everything is prepared before `ready` is said, and nothing is sent before the answer to it. */
const act = async ({ context, gate, order, next }) => {
  const acting = new LinkedInAct(context, order, gate);
  await acting.open();
  if (order.act === 'find') return acting.find();
  if (!(await acting.prepare())) return { is: 'there' };
  say({ is: 'ready' });
  await ask(next, 'go', order.page_ms, 'withdrawn');
  await acting.submit();
  return { is: 'done' };
};

const doings = { start: logIn, act };

let context;
const leave = async () => {
  await context?.close().catch(() => {});
  process.exit(0);
};
process.on('SIGTERM', leave);
const next = hear(leave);
const order = await next();
// Should whoever started this be gone without a word, it ends all the same, and Chromium with it.
if (order.time_ms) setTimeout(() => process.exit(0), order.time_ms);
try {
  const gate = new Gate(order.base_url);
  context = await launch(order, await gate.open());
  await confine(context, order.base_url);
  say(await doings[order.do]({ context, gate, order, next }));
} catch (error) {
  // A page's words are nobody's business here: what is said has a name of ours.
  say({ is: 'failed', why: error instanceof Failure ? error.why : 'unexpected' });
}
await leave();
