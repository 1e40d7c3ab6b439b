// The whole walk of a person through a real browser, and every page in both themes and two sizes.
// Run by tests/e2e/browser_test.py, which has its hands on the server.
// Over 400 lines: the walk is one story, and each step stands on those before it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { walkByHand } from './by-hand.mjs';
import { walkCalendar } from './calendar.mjs';
import { walkCampaigns } from './campaigns.mjs';
import { walkEngagement } from './engagement.mjs';
import { cutOff, cutWhenNarrow, shiftOf, smallTargets } from './fits.mjs';
import { walkForcedColours } from './forced-colours.mjs';
import { address, ask, browser, expect, failures, openPage, picture, sandbox, test, until } from './hands.mjs';
import { walkMarkup } from './markup.mjs';
import { walkMedia } from './media.mjs';
import { oddLooks, walkSheets } from './looks.mjs';
import { walkOwnSite } from './own-site.mjs';
import { walkPasskeys } from './passkeys.mjs';
import { walkReconnect } from './reconnect.mjs';
import { walkInstallation, walkPeople } from './people.mjs';
import { walkSecondFactor } from './second-factor.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const word = Date.now().toString(36);
const owner = { email: `ada-${word}@example.org`, password: `correct horse ${word}` };
const { context, page, complaints } = await openPage();
const link = (name) => page.getByRole('link', { name, exact: true });
const button = (name) => page.getByRole('button', { name, exact: true });
const go = (path) => page.goto(`${address}${path}`);
const onPost = () => page.waitForURL(/\/app\/posts\/[0-9a-f-]{36}(\?.*)?$/);
const postState = (name) => page.locator('h1 + [data-state]', { hasText: name }).waitFor();
let x;

const clean = async (run) => {
  complaints.length = 0;
  await run();
  expect(complaints.length === 0, `no complaint in the console: ${complaints.join(' | ')}`);
};

await test('the dashboard’s types are those of the running server', () => {
  execFileSync('node', ['scripts/api.mjs', '--check', process.env.PULSE_OPENAPI], { encoding: 'utf8' });
});

// --- a new company ---------------------------------------------------------------------------------------------------

await test('who is not signed in is asked to, and comes back to where they wanted', async () => {
  await clean(async () => {
    await go('/app/posts');
    await page.waitForURL(/\/sign-in\?to=/);
    await page.getByRole('heading', { name: 'Sign in to Pulse' }).waitFor();
  });
}, page);

await test('a new company is made, and leads to the first steps', async () => {
  await clean(async () => {
    await page.getByRole('link', { name: 'Make a company' }).click();
    await page.getByLabel('Company').fill(`Halden ${word}`);
    await page.getByLabel('Your name').fill('Ada Brandt');
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await button('Make the company').click();
    await page.waitForURL('**/app/start');
  });
}, page);

await test('project, website and first post take three steps, and the post is seen going out', async () => {
  await clean(async () => {
    await page.getByLabel('Name', { exact: true }).fill('Halden Europe');
    await page.getByLabel('Time zone').fill('Europe/Amsterdam');
    await button('Make the project').click();
    await button('Add the website').click();
    await page.getByLabel('Text').fill(`Hello from Pulse ${word}.`);
    await button('Send it in 10 seconds').click();
    await page.locator('[data-going-out="scheduled"]').waitFor();
    await page.getByText(/goes out in \d+ s/).waitFor();
    await picture(page, 'first-steps');
    await page.locator('[data-going-out="published"]').waitFor();
    await page.getByText(/^Out[.,]/).waitFor();
    await link('Read its story').click();
    await onPost();
    await page.locator('[data-step="published"]').waitFor();
  });
}, page);

await test('a reload keeps the session, which no script can read', async () => {
  await page.reload();
  await page.locator('[data-step="published"]').waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  expect(!/eyJ|refresh/.test(kept), 'no token where scripts find it');
}, page);

await test('a second tab shares the session, and each goes on when the other signs in anew', async () => {
  const second = await context.newPage();
  await second.goto(`${address}/app/channels`);
  await second.getByRole('heading', { name: 'Budgets' }).waitFor();
  await second.reload();
  await second.getByRole('heading', { name: 'Budgets' }).waitFor();
  await page.reload();
  await page.locator('[data-step="published"]').waitFor();
  await second.close();
}, page);

// --- a channel, a post -----------------------------------------------------------------------------------------------

await test('a channel on X is connected with an account', async () => {
  x = await ask('account');
  await clean(async () => {
    await go('/app/channels');
    await button('Connect a channel').first().click();
    await page.getByRole('button', { name: /^X / }).click();
    await button('Or hand over an access token').click();
    await page.getByLabel('Name').fill('X Halden');
    await page.getByLabel('User id at the platform').fill(x.user);
    await page.getByLabel('Handle').fill('halden');
    await page.getByLabel('Access token').fill(x.token);
    await page.getByRole('dialog').getByRole('button', { name: 'Connect a channel' }).click();
    await page.locator('[data-channel="x"]').getByText('0 of 100 in any 15 min').waitFor();
  });
}, page);

await test('a post is composed: counted by the server, with a text of its own for X and an image with its description', async () => {
  await clean(async () => {
    await page.keyboard.press('c');
    await page.waitForURL('**/app/posts/new');
    await page.getByLabel('Title').fill('Winter tyre guide');
    const text = page.getByLabel('Text for all channels');
    await text.fill(`${'What to ride on when the leaves are wet. '.repeat(8)}${word}`);
    await page.getByText(/X takes 280 characters, this has \d+\./).waitFor();
    await page.getByRole('tab', { name: /^X/ }).click();
    await button('Write another text for X').click();
    await page.getByLabel('Text for X').fill(`Wet leaves? https://example.com/a/very/long/address/that/is/counted/short ${word}`);
    const expected = 12 + 23 + 1 + word.length;
    await page.locator(`[data-count="x"]`, { hasText: `${expected}/280` }).waitFor();
    await page.getByText('X Halden takes it.').waitFor();
    await button('Use an address').click();
    await page.getByLabel('Address of the image').fill(`${sandbox}/_sandbox/image.jpg?${word}`);
    await page.getByLabel('Alt text').fill('A rider on wet leaves');
    await picture(page, 'composer');
  });
}, page);

await test('the hour that comes twice is asked about, and the one that never is cannot be chosen', async () => {
  const [day, clock] = [page.getByLabel('Day', { exact: true }), page.getByLabel('Time', { exact: true })];
  await day.fill('31 Oct 2027');
  await clock.fill('02:30');
  await page.getByText(/02:30 comes twice in Amsterdam/).waitFor();
  await page.getByLabel('second, CET (UTC+1)').check();
  await page.locator('[data-echo]', { hasText: 'Sun 31 Oct 2027, 02:30 CET (UTC+1)' }).waitFor();
  await day.fill('28 Mar 2027');
  await clock.fill('02:30');
  await page.getByText(/does not exist in Amsterdam: the clocks go from 02:00 to 03:00/).waitFor();
  expect(await button('Schedule').isDisabled(), 'it cannot be scheduled');
  await page.getByRole('button', { name: 'Use 03:00 CEST (UTC+2)' }).click();
  await page.locator('[data-echo]', { hasText: '01:00 UTC' }).waitFor();
}, page);

await test('it is scheduled, moved with undo, and published now; what arrived at X is what was written', async () => {
  await button('In 1 h').click();
  await button('Schedule').click();
  await onPost();
  await postState('Scheduled');
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Move' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Tomorrow, same time' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByText(/^Moved to /).first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Publish now' }).click();
  await postState('Published');
  const { texts } = await ask('arrived');
  expect(texts.filter((each) => each.endsWith(word) && each.startsWith('Wet leaves?')).length === 1, 'X has it once');
}, page);

await test('an edit that somebody else was faster with is shown, and nothing is overwritten', async () => {
  await go('/app/posts/new');
  await page.getByLabel('Text for all channels').fill(`First words ${word}`);
  await button('More ways').click();
  await page.getByRole('menuitem', { name: 'Keep as draft' }).click();
  await onPost();
  const id = new URL(page.url()).pathname.split('/').pop();
  await go(`/app/posts/${id}/edit`);
  await page.getByLabel('Text for all channels').fill(`My words ${word}`);
  const token = (await (await fetch(`${address}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) })).json()).access_token;
  await fetch(`${address}/posts/${id}`, { method: 'PATCH', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ text: `Their words ${word}` }) });
  await button('Save').click();
  await page.getByText('Somebody changed this post meanwhile').waitFor();
  await page.locator('ins', { hasText: 'My' }).waitFor();
  await page.locator('del', { hasText: 'Their' }).waitFor();
  await picture(page, 'conflict');
  await button('Keep mine').click();
  await onPost();
  const now = await (await fetch(`${address}/posts/${id}`, { headers: { authorization: `Bearer ${token}` } })).json();
  expect(now.text === `My words ${word}`, 'mine was kept');
}, page);

// --- what goes wrong -------------------------------------------------------------------------------------------------

const publish = async (title, text) => {
  await go('/app/posts/new');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Text for all channels').fill(text);
  await button('More ways').click();
  await page.getByRole('menuitem', { name: 'Publish now' }).click();
  await onPost();
};

await test('a post that X refuses is partly out, says why, and goes out once it is retried', async () => {
  await ask('fault', { platform: 'x', kind: 'status', status: 403, count: 1, match: { method: 'POST', path_prefix: '/2/tweets' } });
  await publish('Refused at first', `Refused at first ${word}`);
  await postState('Partly published');
  await page.locator('[data-step="failed"]').waitFor();
  await picture(page, 'refused');
  await page.keyboard.press('r');
  await postState('Published');
}, page);

await test('what may be live is decided by a person, with the keyboard', async () => {
  await go('/app/posts/new');
  await page.getByLabel('Title').fill('May be live');
  await page.getByLabel('Text for all channels').fill(`May be live ${word}`);
  await button('Schedule').click();
  await onPost();
  const row = page.getByRole('button', { name: 'X Halden' });
  await row.first().click();
  const delivery = await until(() => new URL(page.url()).searchParams.get('delivery'), 'the address names the delivery');
  await ask('unconfirm', { delivery: delivery.replaceAll('"', '') });
  await go('/app/needs-you');
  await page.getByText('may be live on X').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByText('Is it on X?').waitFor();
  await picture(page, 'decide');
  await page.keyboard.press('3');
  await page.getByText('Decided.', { exact: true }).waitFor();
  await page.getByText('Is it on X?').waitFor({ state: 'detached' });
}, page);

await test('pausing everything holds what is due, and resuming sends it', async () => {
  await go('/app');
  await button('Pause all').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(/Halden Europe has been paused since .* by Ada Brandt\./).first().waitFor();
  expect((await page.title()).startsWith('Paused'), 'the tab says so');
  await publish('Held', `Held ${word}`);
  await page.locator('[data-wait="resume"]').waitFor();
  await picture(page, 'paused');
  await button('Resume').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
  await postState('Published');
}, page);

await test('the server is killed with -9 and comes back: the page says since when it is behind, and then what is true', async () => {
  await publish('After the kill', `After the kill ${word}`);
  await postState('Published');
  await go('/app');
  await page.getByText(/Next out/).waitFor();
  await page.locator('[data-live="live"],[data-live="polling"]').waitFor();
  await ask('kill');
  await page.locator('[data-live="lost"]').waitFor();
  await page.getByText(/Shown as of .* Publishing goes on/).waitFor();
  await picture(page, 'lost');
  await ask('start');
  const backAt = performance.now();
  await page.locator('[data-live="live"],[data-live="polling"]').waitFor();
  await page.getByText(/Shown as of/).waitFor({ state: 'detached' });
  const took_ms = Math.round(performance.now() - backAt);
  expect(took_ms < 2_000, `the page is live within 2 s of the server's return (${took_ms} ms)`);
  expect(new URL(page.url()).pathname === '/app', 'it is the same page');
}, page);

await test('posts are found, selected and moved by keyboard', async () => {
  await clean(async () => {
    await go('/app/posts');
    await page.locator('[data-post]').first().waitFor();
    await page.keyboard.press('f');
    await page.keyboard.type('winter tyre');
    await until(async () => (await page.locator('[data-post]').count()) === 1, 'one is found');
    await page.getByLabel('Search in title and text').fill('');
    await until(async () => (await page.locator('[data-post]').count()) > 1, 'all are there');
    await page.getByLabel('Search in title and text').blur();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('m');
    await page.getByText('Move 2 posts?').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await onPost();
  });
}, page);

await test('posts are sorted by their time, and the address says how', async () => {
  await clean(async () => {
    await go('/app/posts?tab=scheduled');
    const head = page.getByRole('columnheader', { name: /^Due/ });
    const times = async () => (await page.locator('[data-post] time').evaluateAll((all) => all.map((each) => each.dateTime)));
    const sorted = async (sort, expected) => {
      await until(async () => new URL(page.url()).searchParams.get('sort') === sort, `the address says ${sort}`);
      expect((await head.getAttribute('aria-sort')) === expected, `the head says ${expected}`);
      const wanted = (await times()).sort();
      if (expected === 'descending') wanted.reverse();
      if (expected !== 'none') {
        await until(async () => (await times()).join() === wanted.join(), `the times are ${expected}`);
      }
    };
    await page.locator('[data-post]').first().waitFor();
    await sorted(null, 'none');
    await head.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await sorted('soonest_first', 'ascending');
    await page.keyboard.press('Space');
    await sorted('latest_first', 'descending');
    await page.reload();
    await page.locator('[data-post]').first().waitFor();
    await sorted('latest_first', 'descending');
    await page.goBack();
    await sorted('soonest_first', 'ascending');
  });
}, page);

await test('the palette finds pages, posts and times', async () => {
  await page.keyboard.press('Control+k');
  const wanted = page.getByRole('dialog').getByRole('combobox');
  await wanted.fill('tomorrow 9:30');
  await page.getByText(/New post for .* 09:30 CET/).waitFor();
  await wanted.fill('settings');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app/settings');
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Pause all').or(page.getByRole('dialog').getByText('Go to Overview')).first().waitFor();
  await page.keyboard.press('Escape');
}, page);

// --- the calendar under a hand ---------------------------------------------------------------------------------------

const asOwner = async () => {
  const { access_token } = await (await fetch(`${address}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) })).json();
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${access_token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(`${address}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return answer.json().catch(() => undefined);
  };
};
const call = await asOwner();
const [{ id: projectId }] = (await call('GET', '/projects')).items;
const website = (await call('GET', `/channels?project_id=${projectId}`)).items.find((each) => each.type === 'website');
await walkCalendar({ page, clean, call, projectId, channelIds: [website.id], word });
await walkByHand({ context, page, call, projectId, channelIds: [website.id], word, owner });
const onX = (await call('GET', `/channels?project_id=${projectId}`)).items.find((each) => each.type === 'x');
await walkReconnect({ call, projectId, channelId: onX?.id, user: x?.user, word, owner });

// --- campaigns -------------------------------------------------------------------------------------------------------

await walkMedia({ page, clean, word });
await walkOwnSite({ page, clean, word, axe });

const made = await walkCampaigns({ page, clean, word });
const engaged = await walkEngagement({ page, clean, call, word, owner });

// --- people ----------------------------------------------------------------------------------------------------------

await walkMarkup({ word });
await walkPeople({ page, clean, word });
await walkPasskeys({ word });
await walkSecondFactor({ word, axe });
await ask('promote', { email: owner.email });
await walkInstallation({ page, clean, word, company: `Halden ${word}` });

// --- every page ------------------------------------------------------------------------------------------------------

/** Pages that are first seen often, and how far what they show may jump while it comes. */
const still = ['overview', 'calendar', 'compose', 'posts'];
const shift_max = 0.02;

const check = async (to, theme, width, name) => {
  // A page that has yet to come has no heading, and nothing to focus.
  await to.locator('main').first().waitFor();
  await to.locator('h1').first().waitFor();
  await until(async () => (await to.locator('.late-skeleton, [aria-busy="true"]').count()) === 0, 'what the page shows is there');
  // What still fades in has less contrast than it will have.
  await to.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  );
  const { violations } = await to.evaluate(async () => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = violations.filter((each) => ['moderate', 'serious', 'critical'].includes(each.impact));
  expect(bad.length === 0, `axe finds nothing: ${bad.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' ; ')}`).join(' | ')}`);
  const cut = await cutOff(to);
  expect(cut.length === 0, `nothing leaves the window sideways: ${cut.join(' | ')}`);
  const shift = await shiftOf(to);
  if (still.includes(name)) expect(shift < shift_max, `nothing jumps while it is read (${shift})`);
  // On a phone the head has no room for a page's buttons: each stands on the page, or is nowhere.
  const gone = await to.evaluate(() => {
    const nameOf = (each) => (each.getAttribute('aria-label') ?? each.textContent).trim();
    const buttons = [...document.querySelectorAll('button, a')];
    const seen = new Set(buttons.filter((each) => each.offsetParent !== null).map(nameOf));
    return buttons.filter((each) => each.closest('[data-page-actions]') && each.offsetParent === null).map(nameOf).filter((each) => !seen.has(each));
  });
  expect(gone.length === 0, `what the head hides is on the page: ${gone.join(', ')}`);
  const headings = await to.locator('h1').count();
  expect(headings === 1, `one h1 (${headings})`);
  // A row of tabs follows once its counts are there.
  await until(async () => (await oddLooks(to)).length === 0, 'it looks well').catch(async () => {
    expect(false, `it looks well: ${(await oddLooks(to)).join(' | ')}`);
  });
  await picture(to, `${name}-${theme}-${width}`);
  if (width >= 640) return;
  const small = await smallTargets(to);
  expect(small.length === 0, `what is pressed is large enough for a thumb: ${small.join(' | ')}`);
  const narrow = await cutWhenNarrow(to);
  expect(narrow.length === 0, `nothing is cut off in narrower windows: ${narrow.join(' | ')}`);
};

await walkForcedColours({ owner });
await context.storageState(); // the session is a cookie of this context
const token = (await (await fetch(`${address}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) })).json()).access_token;
const posts = (await (await fetch(`${address}/posts?limit=50`, { headers: { authorization: `Bearer ${token}` } })).json()).items;
const one = posts.find((each) => each.title === 'Refused at first') ?? posts[0];
const draft = posts.find((each) => each.status === 'draft') ?? one;
const pages = {
  overview: '/app',
  'needs-you': '/app/needs-you',
  posts: '/app/posts',
  media: '/app/media',
  post: `/app/posts/${one.id}`,
  compose: '/app/posts/new',
  edit: `/app/posts/${draft.id}/edit`,
  calendar: '/app/calendar',
  channels: '/app/channels',
  analytics: '/app/analytics',
  website: '/app/website',
  settings: '/app/settings',
  'new-project': '/app/settings/projects/new',
  start: '/app/start',
  people: '/app/people',
  teams: '/app/people/teams',
  invites: '/app/people/invites',
  roles: '/app/people/roles',
  profile: '/app/account',
  security: '/app/account/security',
  tokens: '/app/account/tokens',
  audit: '/app/audit',
  companies: '/app/admin',
  'no-such-page': '/app/there-is-none',
};

// These stand on the same parts, and are seen once in each theme and once in each size. What was not made has told so
// above.
const pagesOfCampaigns = {
  campaigns: '/app/campaigns',
  campaign: made.campaign,
  automations: '/app/automations',
  rule: made.rule,
  'new-rule': '/app/automations/new',
  runs: '/app/automations/runs',
  run: made.run,
  studio: '/app/content-studio?state=all',
  content: made.content,
  templates: '/app/content-studio/templates',
  template: made.template,
  guardrails: '/app/content-studio/guardrails',
  review: made.review,
};
/** `make test-browser`: those, too, in both themes and both sizes. */
const isWhole = process.env.PULSE_BROWSER === 'whole';
const pagesOfEngagement = {
  engagement: '/app/engagement',
  queue: '/app/engagement/mine',
  'tracked-pages': '/app/engagement/pages',
  'tracked-page': engaged.page,
  'found-post': engaged.post,
  'engagement-figures': '/app/engagement/figures',
  'engagement-settings': '/app/engagement/settings',
  'engagement-accounts': '/app/engagement/accounts',
  confirm: engaged.confirm,
};

/** What is seen without a session; the last one leads on. */
const pagesBefore = { 'sign-up': '/sign-up', 'forgot-password': '/forgot-password', 'invite-over': '/app/invite#code=nothing', nowhere: '/there-is-none', 'sign-in': '/sign-in' };

for (const theme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    const view = await openPage({ width, theme });
    await view.context.addInitScript(() => localStorage.setItem('pulse-project', ''));
    for (const [name, path] of Object.entries(pagesBefore)) {
      await view.page.goto(`${address}${path}`);
      await view.page.evaluate(axe);
      await test(`${name}, ${theme}, ${width} px: no complaint of the browser or of axe`, () => check(view.page, theme, width, name), view.page);
    }
    await view.page.getByLabel('E-mail').fill(owner.email);
    await view.page.getByLabel('Password', { exact: true }).fill(owner.password);
    await view.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await view.page.waitForURL('**/app');
    if (theme === 'light' && width === 390) await walkSheets({ page: view.page });
    const isFirst = (theme === 'light') === (width === 1440);
    const more = isWhole ? { ...pagesOfCampaigns, ...pagesOfEngagement } : isFirst ? pagesOfCampaigns : pagesOfEngagement;
    for (const [name, path] of Object.entries({ ...pages, ...more }).filter(([, each]) => each !== undefined)) {
      await test(
        `${name}, ${theme}, ${width} px: no complaint of the browser or of axe`,
        async () => {
          view.complaints.length = 0;
          await view.page.goto(`${address}${path}`);
          await view.page.locator('main h1').first().waitFor({ state: 'attached' });
          await until(async () => (await view.page.locator('[role="status"] .bg-pressed').count()) === 0, 'nothing is being read any more');
          await view.page.evaluate(axe);
          await check(view.page, theme, width, name);
          expect(view.complaints.length === 0, `no complaint in the console: ${view.complaints.join(' | ')}`);
        },
        view.page,
      );
    }
    await view.context.close();
  }
}

await browser.close();
process.exit(failures() > 0 ? 1 : 0);
