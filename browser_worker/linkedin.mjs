// LinkedIn's sign-in as a person goes through it: the form, the code, and what says that it went wrong. Nothing else of
// the site is read.
import { isOfSite } from './egress.mjs';
import { Failure } from './failure.mjs';

const look_ms = 100;
/** What the pages have, by the names that LinkedIn gives its fields. */
const parts = {
  email: 'input[name="session_key"]',
  password: 'input[name="session_password"]',
  wrong_email: '#error-for-username',
  wrong_password: '#error-for-password',
  code: 'input[name="pin"]',
  wrong_code: '#error-for-pin',
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class LinkedInLogin {
  constructor(context, order) {
    this.context = context;
    this.order = order;
    this.page = context.pages()[0];
    this.codes = 0;
  }

  /** `done` or `needs_code`. */
  async start(email, password) {
    this.page ??= await this.context.newPage();
    this.page.setDefaultTimeout(this.order.page_ms);
    try {
      await this.page.goto(`${this.order.base_url}/login`, { waitUntil: 'domcontentloaded' });
      await this.page.fill(parts.email, email);
      await this.page.fill(parts.password, password);
    } catch (error) {
      throw new Failure(error.name === 'TimeoutError' ? 'timed_out' : 'unexpected');
    }
    return this.submit(parts.password);
  }

  /** `done` or `wrong_code`. */
  async verify(code) {
    if (this.codes++ === this.order.codes_max) throw new Failure('too_many_codes');
    await this.page.fill(parts.code, code);
    return this.submit(parts.code);
  }

  /** The session: what LinkedIn's pages know their visitor by. */
  async cookies() {
    const all = await this.context.cookies(this.order.base_url);
    const li_at = all.find((each) => each.name === 'li_at');
    const session = all.find((each) => each.name === 'JSESSIONID');
    if (!li_at || !session) throw new Failure('unexpected');
    return {
      li_at: li_at.value,
      jsessionid: session.value.replace(/^"|"$/g, ''),
      expires_at: li_at.expires > 0 ? new Date(li_at.expires * 1000).toISOString() : null,
    };
  }

  /**
   * Enter in a field, as a person would, and what comes of it. The page that is there is marked, so that the next one
   * is told from it.
   */
  async submit(field) {
    await this.page.evaluate(() => document.documentElement.setAttribute('data-sent', ''));
    await this.page.press(field, 'Enter', { noWaitAfter: true });
    const end = Date.now() + this.order.page_ms;
    while (Date.now() < end) {
      // Between two pages there is none to look at, and while the next one is waited for nobody answers.
      const looked = this.look().catch(() => undefined);
      const state = await Promise.race([looked, pause(end - Date.now())]);
      if (state instanceof Failure) throw state;
      if (state) return state;
      await pause(look_ms);
    }
    throw new Failure('timed_out');
  }

  async look() {
    const address = this.page.url();
    // Chromium's own page of errors is what a foreign address leads to.
    if (address.startsWith('chrome-error:') || !isOfSite(address, this.order.base_url)) return new Failure('left_site');
    const seen = await this.page.evaluate((all) => {
      if (document.documentElement.hasAttribute('data-sent') || document.readyState === 'loading') return null;
      const has = {};
      for (const [name, selector] of Object.entries(all)) {
        const found = document.querySelector(selector);
        has[name] = found !== null && found.checkVisibility();
      }
      return has;
    }, parts);
    if (seen === null) return undefined;
    if (seen.wrong_email || seen.wrong_password) return new Failure('wrong_password');
    if (seen.code) return seen.wrong_code ? 'wrong_code' : 'needs_code';
    const cookies = await this.context.cookies(this.order.base_url);
    if (cookies.some((each) => each.name === 'li_at')) return 'done';
    // A puzzle, or a question on the person's phone: theirs to answer, in a browser of their own.
    if (new URL(address).pathname.includes('/checkpoint/')) return new Failure('asks_person');
    return undefined;
  }
}
