// A like, or a comment, on one post's page as its member does it with their kept session. Read are that post's own
// reaction button, the box for comments, and the member's own comments; nothing else of the page or the site.
import { isOfSite } from './egress.mjs';
import { Failure } from './failure.mjs';

/** What the page has, by LinkedIn's names. */
const parts = {
  post: '.feed-shared-update-v2',
  trigger: '.react-button__trigger',
  box: '.comments-comment-box .ql-editor',
  send: '[class*="comments-comment-box__submit-button"]',
  comment: 'article.comments-comment-entity',
  about: '.comments-comment-meta__data',
  words: '.comments-comment-item__main-content',
  more: '.comments-comments-list__load-more-comments-button',
};
/** Where LinkedIn's pages send what is pressed, whatever else is in the address. */
const calls = { like: /\/voyager\/api\/.*SocialDashReactions/, comment: /\/voyager\/api\/.*SocialDashNormComments/ };
/** LinkedIn's buttons by the words of its API. */
const reactions = { like: 'Like', praise: 'Celebrate', appreciation: 'Support', empathy: 'Love', interest: 'Insightful', entertainment: 'Funny' };
/** Times that more comments are asked for; LinkedIn shows about ten at a time. */
const pages_max = 20;

const plain = (text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** What a status says before anything is sent, or of what was sent. */
const failureOf = (status) => {
  if (status === 401) return 'signed_out';
  if (status === 403) return 'not_allowed';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'not_answered' : 'refused';
};

export class LinkedInAct {
  constructor(context, order, gate) {
    this.context = context;
    this.order = order;
    this.gate = gate;
    this.page = context.pages()[0];
  }

  /** The post's page, with the member signed in. */
  async open() {
    await this.sign();
    this.page ??= await this.context.newPage();
    this.page.setDefaultTimeout(this.order.page_ms);
    const address = `${this.order.base_url}/feed/update/${this.order.urn}/`;
    const answer = await this.page.goto(address, { waitUntil: 'domcontentloaded' }).catch((error) => {
      throw new Failure(error.name === 'TimeoutError' ? 'timed_out' : this.wayOut('unexpected'));
    });
    const elsewhere = this.wayOut();
    if (elsewhere) throw new Failure(elsewhere);
    if (answer && answer.status() >= 400) throw new Failure(failureOf(answer.status()));
    await this.seen(this.part(parts.trigger));
    // Names of buttons, and the mark of one's own comments, are words of a language.
    if (!(await this.page.evaluate(() => document.documentElement.lang)).startsWith('en')) throw new Failure('other_language');
  }

  /** False: it is there already. After it, one press is left to do. */
  async prepare() {
    if (this.order.kind === 'like') {
      if (await this.isPressed()) return false;
      this.button = this.part(parts.trigger);
      if (this.order.reaction === 'like') return true;
      await this.button.hover();
      this.button = this.part(`button[aria-label="React ${reactions[this.order.reaction]}"]:not(${parts.trigger})`);
    } else {
      const box = this.part(parts.box);
      if ((await box.count()) === 0) throw new Failure('not_allowed');
      await box.fill(this.order.text);
      this.button = this.part(parts.send);
    }
    await this.seen(this.button);
    return true;
  }

  /** Presses, once. What LinkedIn answers its own page tells what became of it; no answer tells nothing. */
  async submit() {
    const isIt = (request) => request.method() === 'POST' && calls[this.order.kind].test(request.url());
    await this.letOnePass(isIt);
    const answer = this.page.waitForResponse((one) => isIt(one.request())).catch(() => undefined);
    await this.button.click({ noWaitAfter: true }).catch(() => {});
    const got = await answer;
    if (!got) throw new Failure('not_answered');
    if (this.order.kind === 'like' && got.status() === 409) return;
    // Another success is not what LinkedIn says of something that it has made: whether it is there is to be read.
    if (got.status() !== 201) throw new Failure(got.status() < 400 ? 'not_answered' : failureOf(got.status()));
  }

  /**
   * From here on one request leaves, over a connection of its own: neither the page nor the browser sends it once more.
   */
  async letOnePass(isIt) {
    let hasPassed = false;
    await this.page.route('**/*', (route) => {
      const mayPass = !hasPassed && isIt(route.request()) && isOfSite(route.request().url(), this.order.base_url);
      if (!mayPass) return route.abort('blockedbyclient');
      hasPassed = true;
      this.gate.renew();
      return route.continue();
    });
  }

  /** Whether the member's own reaction, or comment, is there. */
  async find() {
    if (this.order.kind === 'like') return { is: (await this.isPressed()) ? 'found' : 'absent' };
    for (let page = 0; page < pages_max; page++) {
      const own = await this.own();
      const one = own.find((each) => plain(each.words) === plain(this.order.text));
      if (one) return { is: 'found', id: one.id };
      const more = this.part(parts.more);
      if ((await more.count()) === 0) return { is: 'absent' };
      const before = await this.page.locator(parts.comment).count();
      await more.click();
      await this.page.waitForFunction(([all, count]) => document.querySelectorAll(all).length > count, [parts.comment, before]);
    }
    return { is: 'cannot_know' };
  }

  async sign() {
    const { hostname, protocol } = new URL(this.order.base_url);
    const cookie = (name, value) => ({ name, value, domain: hostname, path: '/', secure: protocol === 'https:' });
    const all = [{ ...cookie('li_at', this.order.li_at), httpOnly: true }];
    // Where only li_at was handed over, LinkedIn's page makes the other one.
    if (this.order.jsessionid) all.push(cookie('JSESSIONID', `"${this.order.jsessionid}"`));
    await this.context.addCookies(all);
    this.order.li_at = this.order.jsessionid = '';
  }

  part(selector) {
    return this.page.locator(`${parts.post} ${selector}`).first();
  }

  async seen(part) {
    await part.waitFor({ state: 'visible' }).catch(() => {
      throw new Failure(this.wayOut('unexpected'));
    });
  }

  async isPressed() {
    return (await this.part(parts.trigger).getAttribute('aria-pressed')) === 'true';
  }

  /** Others' comments are not read: the page gives the words of one's own alone. */
  own() {
    return this.page.evaluate(
      ({ comment, about, words }) =>
        [...document.querySelectorAll(comment)]
          .filter((one) => /•\s*You\b/.test(one.querySelector(about)?.textContent ?? ''))
          .map((one) => ({ id: one.dataset.id ?? '', words: one.querySelector(words)?.innerText ?? '' })),
      parts,
    );
  }

  /** Where the page has led instead, if it has. */
  wayOut(otherwise) {
    const address = this.page.url();
    if (address.startsWith('chrome-error:') || !isOfSite(address, this.order.base_url)) return 'left_site';
    const { pathname } = new URL(address);
    if (/\/(login|uas\/login|authwall|signup)\b/.test(pathname)) return 'signed_out';
    if (/\/(checkpoint|challenge)\//.test(pathname)) return 'asks_person';
    return otherwise;
  }
}
