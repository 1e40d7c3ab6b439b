// Makes a picture of each dialog and of what is seen seldom, in a company of its own:
// PULSE_ADDRESS=… PULSE_SANDBOX=… node e2e/dialogs.mjs FOLDER [NAME…]; LOOKS=768:light,390:dark,1440:light.
// What cannot be opened is told, and so is what axe finds, what scrolls sideways, and what is too small to be pressed.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { smallTargets } from './fits.mjs';
import { address, browser, openPage, sandbox, until } from './hands.mjs';
import { png } from './media.mjs';
import { isRead, isStill, watchRequests } from './until.mjs';

const [folder, ...only] = process.argv.slice(2);
const looks = (process.env.LOOKS ?? '768:light,390:dark,1440:light').split(',').map((each) => each.split(':'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const word = Date.now().toString(36);
mkdirSync(folder, { recursive: true });

const speaker = () => {
  let token;
  const call = async (method, path, body, headers = {}) => {
    const isRaw = body instanceof Uint8Array;
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(isRaw || body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const is = await answer.json().catch(() => undefined);
    if (!answer.ok) console.log(`${method} ${path}: ${answer.status} ${JSON.stringify(is)}`);
    return is ?? {};
  };
  return { call, as: (given) => (token = given) };
};

const inHours = (n) => new Date(Math.ceil(Date.now() / 3_600_000 + n) * 3_600_000).toISOString();
const owner = { email: `ada-${word}@example.org`, password: `plain horse, fifth lantern ${word}` };
const editor = { email: `jonas-${word}@example.org`, password: `plain horse, sixth lantern ${word}` };
const long = 'Herbst-Fahrradversicherungsvertragsverlängerung für Vielfahrerinnen und Vielfahrer: was jetzt gilt 🚲';

/** Accounts, posts of several fates, content that waits, pages that are followed: what the dialogs are about. */
const makeWorld = async () => {
  const { call, as } = speaker();
  as((await call('POST', '/signup', { company_name: 'Halden Bikes', full_name: 'Ada Brandt', ...owner })).access_token);
  const project_id = (await call('POST', '/projects', { name: 'Halden Europe', time_zone: 'Europe/Amsterdam' })).id;
  const account = async (platform) => {
    const [user_id, token] = [String(Date.now()), `token-${platform}-${word}`];
    await fetch(`${sandbox}/_sandbox/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform, token, user_id, username: `halden${platform}`, name: 'Halden' }),
    });
    return { external_user_id: user_id, handle: `halden${platform}`, access_token: token };
  };
  const channel = async (type, name) =>
    (await call('POST', '/channels', { project_id, type, name, ...(type === 'website' ? {} : { account: await account(type) }) })).id;
  const website = await channel('website', 'Our site');
  const x = await channel('x', 'Halden Bikes on X');
  const linkedin = await channel('linkedin', 'Halden Bikes Nederland B.V.');
  const fault = (platform, path_prefix, more) =>
    fetch(`${sandbox}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform, kind: 'status', status: 403, count: 1, match: { method: 'POST', path_prefix }, ...more }),
    });
  const post = (title, more = {}) =>
    call('POST', '/posts', { project_id, title, text: `${title}. What to ride on when the leaves are wet ${word}.`, ...more });
  const soon = await post(long, { channel_ids: [website, x], scheduled_at: inHours(3) });
  await post('Dealer day', { channel_ids: [website], scheduled_at: inHours(26) });
  await post('Ride report #13', { channel_ids: [x, linkedin], scheduled_at: inHours(2) });
  const draft = await post('A draft', { channel_ids: [website] });
  const out = await post('Already out', { channel_ids: [website, x] });
  await call('POST', `/posts/${out.id}/publish-now`, {});
  // A thread of which the third part is refused, and a post whose first comment is.
  const thread = await post('A thread', { channel_ids: [x], options: { x: { thread: 'The second part.\n---\nThe third part.\n---\nThe fourth part.' } } });
  const commented = await post('With a first comment', { channel_ids: [linkedin], options: { linkedin: { first_comment: 'Read more on our site.' } } });
  const template = await call('POST', '/templates', {
    project_id,
    name: 'Weekly teaser',
    text: 'This week: {{ product }} at {{ project.name }}.',
    variables: [{ name: 'product', default_value: 'winter tyres' }],
  });
  const campaign = await call('POST', '/campaigns', { project_id, name: 'Autumn range', goal: 'Sell what is left.', first_day: '2026-11-20', last_day: '2027-01-15' });
  await call('PUT', `/projects/${project_id}/guardrails`, {
    guardrails: { quiet_hours: { from_minute: 1320, to_minute: 420 }, forbidden_phrases: ['cheapest'], needs_approval: true, most_posts_a_day: 20 },
    approval: { steps: [{ name: 'Editors', approvers: { roles: ['owner'] } }], author_is_enough: true },
  });
  const content = await call('POST', '/content', { project_id, title: 'Dealer day teaser', text: `The doors open at ten, coffee is on us ${word}.`, channel_ids: [website, x], campaign_id: campaign.id });
  await call('PATCH', `/content/${content.id}`, { text: `The doors open at nine, coffee and cake are on us ${word}.` });
  await call('POST', `/content/${content.id}/submit`, { version: 2 });
  const second = await call('POST', '/content', { project_id, title: 'Press note', text: `A note for the press ${word}.`, channel_ids: [website] });
  await call('POST', `/content/${second.id}/submit`, { version: 1 });
  const review = await call('POST', `/content/${content.id}/review-links`, { name: 'Marta of the agency', may_decide: true, expires_in_hours: 72 });
  const rule = await call('POST', '/automation/rules', {
    project_id,
    name: 'Weekly teaser on Mondays',
    trigger: { kind: 'cron', cron: '0 9 * * mon,thu' },
    action: { kind: 'make_content', template_id: template.id, channel_ids: [website], release: 'draft', needs_approval: true },
    is_enabled: true,
  });
  const tracked = await call('POST', '/tracked-pages', { url: `https://www.linkedin.com/company/halden-${word}`, name: 'Halden Bikes' });
  await call('POST', `/tracked-pages/${tracked.id}/subscribe`, { likes: true, comments: true });
  const found = await call('POST', `/tracked-pages/${tracked.id}/posts`, {
    url: `https://www.linkedin.com/posts/halden-bikes_part-payment-activity-71${String(Date.now()).padEnd(17, '0')}-AbCd`,
    text: 'We take old bicycles in part payment from today.',
  });
  await call('POST', '/org/teams', { name: 'Editorial' });
  const invite = await call('POST', '/org/invites', { role: 'member', uses_max: 5 });
  const code = JSON.stringify(invite).match(/[?#&/](?:code|secret|invite)[=/]([\w-]+)/)?.[1] ?? invite.code;
  const joined = speaker();
  await joined.call('POST', '/org/invites/accept', { code, full_name: 'Jonas Weil', ...editor });
  await fault('x', '/2/tweets', { skip: 2 });
  await call('POST', `/posts/${thread.id}/publish-now`, {});
  await fault('linkedin', '/rest/socialActions');
  await call('POST', `/posts/${commented.id}/publish-now`, {});
  const isOver = async (id) => {
    const { status } = await call('GET', `/posts/${id}`);
    return status !== undefined && !['publishing', 'scheduled'].includes(status);
  };
  for (const [name, { id }] of Object.entries({ thread, commented, out }))
    await until(() => isOver(id), `it is decided what becomes of the post "${name}"`, 30_000);
  return { soon, draft, out, thread, commented, template, campaign, content, review, rule, tracked, found };
};

/** A page that is looked at as it is, and whole. */
const asIs = () => undefined;

/** Words that stand outside the window, or of what cuts them, and cannot be scrolled to. */
const cutWords = () => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.textContent.trim() || !holder || holder.closest('.sr-only, script, style, aside, nav, [aria-hidden="true"]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { right, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    let edge = innerWidth;
    for (let at = holder; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.textOverflow === 'ellipsis' || ['auto', 'scroll'].includes(style.overflowX)) {
        edge = at.scrollWidth > at.clientWidth + 1 && style.textOverflow !== 'ellipsis' && !at.matches('main, [role=dialog], [role=alertdialog]') ? Infinity : Math.min(edge, style.textOverflow === 'ellipsis' ? Infinity : at.getBoundingClientRect().right);
        break;
      }
    }
    if (right > edge + 1) found.add(node.textContent.trim().slice(0, 60));
  }
  return [...found];
};

const world = await makeWorld();
const picture = { name: 'rider.png', mimeType: 'image/png', buffer: png(900, 600, [40, 110, 160]) };

/** NAME: the page, how it is opened there, and what is there then, where that is no dialog. */
const views = (page) => {
  const button = (name) => page.getByRole('button', { name, exact: true }).first();
  const inMenu = async (opener, item) => {
    await opener.click();
    await page.getByRole('menuitem', { name: item }).first().click();
  };
  const pick = async (n) => {
    if ((page.viewportSize()?.width ?? 0) < 640) throw new Error('rows are not selected on a phone');
    for (let each = 0; each < n; each += 1) await page.locator('[data-post] input[type=checkbox]').nth(each).check();
  };
  return {
    'bulk-move': ['/app/posts', async () => (await pick(3), button('Move').click())],
    'bulk-delete': ['/app/posts', async () => (await pick(2), button('Delete').click())],
    'bulk-cancel': ['/app/posts', async () => (await pick(2), button('Cancel').click())],
    'post-move': [`/app/posts/${world.soon.id}`, () => inMenu(button('More actions'), 'Move')],
    'post-delete': [`/app/posts/${world.soon.id}`, () => inMenu(button('More actions'), /Delete/)],
    'post-thread': [`/app/posts/${world.thread.id}`, asIs],
    'post-comment': [`/app/posts/${world.commented.id}`, asIs],
    'post-edit-there': [`/app/posts/${world.commented.id}`, () => page.getByRole('button', { name: /^Edit .*on LinkedIn|LinkedIn$/ }).last().click()],
    crop: [
      '/app/media',
      async () => {
        if ((await page.locator('[data-medium]').count()) === 0) await page.locator('input[type=file]').first().setInputFiles(picture);
        await button('Open rider.png').click();
        await page.getByRole('dialog').getByRole('button', { name: /shape|Crop/i }).first().click();
      },
      page.getByRole('dialog', { name: 'Crop or fit' }),
    ],
    medium: ['/app/media', () => button('Open rider.png').click()],
    'compose-library': ['/app/posts/new', () => page.getByRole('button', { name: /library/i }).first().click()],
    'compose-thread': [
      '/app/posts/new',
      async () => {
        await page.getByLabel('Text for all channels').fill('The first part.');
        await page.getByRole('tab', { name: /^X/ }).click();
        await page.getByRole('button', { name: /part|thread/i }).first().click();
      },
      page.getByLabel(/^Part 2/),
    ],
    'calendar-feeds': ['/app/calendar', () => page.getByRole('button', { name: /feed|subscribe/i }).first().click()],
    'channel-connect': ['/app/channels', () => button('Connect a channel').click()],
    'channel-connect-x': ['/app/channels', async () => (await button('Connect a channel').click(), page.getByRole('button', { name: /^X / }).click())],
    'channel-rename': ['/app/channels', () => inMenu(page.locator('[data-channel="x"]').getByRole('button', { name: /actions/i }).first(), 'Rename')],
    'channel-remove': ['/app/channels', () => inMenu(page.locator('[data-channel="x"]').getByRole('button', { name: /actions/i }).first(), /Remove/)],
    'own-site': ['/app/channels', () => inMenu(page.locator('[data-channel="website"]').getByRole('button', { name: /actions/i }).first(), 'Your own site')],
    limits: ['/app/channels', () => page.getByRole('button', { name: /^Set|^Change/ }).first().click()],
    'pause-all': ['/app', () => page.getByRole('button', { name: 'Pause all' }).first().click()],
    palette: ['/app', () => page.keyboard.press('Control+k')],
    keys: ['/app', () => page.keyboard.press('?')],
    notifications: ['/app', () => page.getByRole('button', { name: /Notifications/ }).first().click()],
    campaign: [`/app/campaigns/${world.campaign.id}`, asIs],
    'campaign-edit': [`/app/campaigns/${world.campaign.id}`, () => inMenu(button('More actions'), /Edit|Change/)],
    'campaign-activate': [`/app/campaigns/${world.campaign.id}`, () => button('Activate').click()],
    'campaign-remove': [`/app/campaigns/${world.campaign.id}`, () => inMenu(button('More actions'), /Delete/)],
    'approval-queue': ['/app/content-studio', asIs],
    'content-versions': [`/app/content-studio/${world.content.id}`, asIs],
    'content-reject': [`/app/content-studio/${world.content.id}`, () => page.getByRole('button', { name: /^Reject/ }).first().click()],
    'content-edit': [`/app/content-studio/${world.content.id}`, () => inMenu(button('More actions'), /Edit/)],
    'content-link': [`/app/content-studio/${world.content.id}`, () => (async () => { if ((page.viewportSize()?.width ?? 0) < 1280) await page.getByRole('button', { name: 'Approval' }).first().click(); await button('Make a link').click(); })()],
    'content-write': ['/app/content-studio', () => button('Write content').click()],
    review: [`${new URL(world.review.url ?? world.review.link ?? `${address}/app/review#secret=${world.review.secret}`).pathname}${new URL(world.review.url ?? world.review.link ?? `${address}/app/review#secret=${world.review.secret}`).hash}`, asIs],
    'dry-run': [`/app/automations/${world.rule.id}`, async () => { if ((page.viewportSize()?.width ?? 0) < 1280) await page.getByRole('button', { name: 'Proof' }).first().click(); await page.getByRole('button', { name: /Try/ }).first().click(); }, page.locator('[data-dry-run]:not([data-dry-run=""])')],
    rule: [`/app/automations/${world.rule.id}`, asIs],
    guardrails: ['/app/content-studio/guardrails', asIs],
    template: [`/app/content-studio/templates/${world.template.id}`, asIs],
    import: [
      '/app/engagement/pages',
      async () => {
        await button('Import').click();
        await page.getByRole('dialog').getByLabel('File', { exact: true }).setInputFiles({ name: 'pages.csv', mimeType: 'text/csv', buffer: Buffer.from('name;url\nOne;linkedin.com/company/one\nBad;=HYPERLINK(1)\nTwo;linkedin.com/company/two\n') });
        await page.getByRole('dialog').locator('[data-rows="3"]').waitFor();
      },
    ],
    'track-page': ['/app/engagement/pages', () => button('Track a page').click()],
    'untrack-page': ['/app/engagement/pages', () => inMenu(page.locator('[data-tracked]').getByRole('button', { name: /ore|ct/ }).last(), /rack/)],
    'engagement-feed': ['/app/engagement', asIs],
    queue: ['/app/engagement/mine', asIs],
    'chat-settings': ['/app/engagement/settings', asIs],
    'engagement-accounts': ['/app/engagement/accounts', asIs],
    'engagement-figures': ['/app/engagement/figures', asIs],
    'found-post': [`/app/engagement/posts/${world.found.post?.id ?? world.found.id}`, asIs],
    members: ['/app/people', asIs],
    invite: ['/app/people', () => page.getByRole('button', { name: 'Invite people' }).first().click()],
    'invite-table': ['/app/people/invites', () => page.getByRole('button', { name: /table|file|CSV/i }).first().click()],
    'member-deactivate': ['/app/people', () => inMenu(page.locator(`[data-member="${editor.email}"]`).getByRole('button').first(), /Deactivate/)],
    'member-access': ['/app/people', () => inMenu(page.locator(`[data-member="${editor.email}"]`).getByRole('button').first(), /channels|Access/i)],
    'member-role': ['/app/people', () => inMenu(page.locator(`[data-member="${editor.email}"]`).getByRole('button').first(), /role/i)],
    'own-apps': ['/app/settings', () => page.getByRole('button', { name: /own app|Set .*app|Use your own/i }).first().click(), page.getByLabel('Client id').nth(1)],
    settings: ['/app/settings', asIs],
    'audit-verify': ['/app/audit', () => page.getByRole('button', { name: /Verify/ }).first().click(), page.locator('[data-sound]')],
    token: ['/app/account/tokens', () => page.getByRole('button', { name: /token/i }).first().click()],
    'second-factor': ['/app/account/security', () => page.getByRole('button', { name: /Set up|authenticator|second factor/i }).first().click()],
    admin: ['/app/admin', asIs],
    analytics: ['/app/analytics', asIs],
    website: ['/app/website', asIs],
  };
};

for (const [width, theme] of looks) {
  const { context, page, complaints } = await openPage({ width: Number(width), theme });
  context.setDefaultTimeout(6_000);
  const isAnswered = watchRequests(page);
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/app', { timeout: 60_000 });
  for (const [name, [path, open, shown]] of Object.entries(views(page))) {
    if (only.length > 0 && !only.includes(name)) continue;
    const say = (what) => console.log(`${name} ${width} ${theme}: ${what}`);
    try {
      complaints.length = 0;
      const isPage = open === asIs;
      await page.setViewportSize({ width: Number(width), height: isPage ? 1900 : Number(width) < 640 ? 844 : 900 });
      await page.goto(`${address}${path}`);
      await isRead(page);
      await open();
      // What opens is fetched when it is first wanted; it is drawn when nothing moves and nothing is read any more.
      if (!isPage) await (shown ?? page.getByRole('dialog').or(page.getByRole('alertdialog'))).first().waitFor();
      await isAnswered();
      await isStill(page);
      await page.screenshot({ path: `${folder}/${name}-${width}-${theme}.png` });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (sideways > 0) say(`scrolls sideways by ${sideways} px`);
      const cut = await page.evaluate(cutWords);
      for (const each of await smallTargets(page)) say(`is too small to be pressed: ${each}`);
      if (cut.length > 0) say(`words are cut: ${cut.slice(0, 3).join(' | ')}`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(async () => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const each of violations.filter((one) => ['moderate', 'serious', 'critical'].includes(one.impact)))
        say(`${each.id}: ${each.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(' ; ')}`);
      for (const each of complaints) say(each);
    } catch (error) {
      say(`could not be opened: ${String(error).split('\n').slice(0, 3).join(' ')}`);
      await page.screenshot({ path: `${folder}/${name}-${width}-${theme}.png` }).catch(() => undefined);
    }
  }
  await context.close();
}
await browser.close();
process.exit(0);
