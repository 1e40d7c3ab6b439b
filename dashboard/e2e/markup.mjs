// The part of the walk that is about what people write: markup and addresses that are scripts stay text on every page
// that shows them.
import { address, expect, openPage, picture, test } from './hands.mjs';
import { isRead } from './until.mjs';

const script = "<img src=x onerror=\"window.ran='img'\"><svg onload=\"window.ran='svg'\"><script>window.ran='script'</script>";
const link = 'javascript:window.ran=1';

/**
 * A company of its own, in which everything that has a name is named by markup; gives the addresses at which it is
 * seen.
 */
const make = async ({ email, password }) => {
  let token;
  const call = async (method, path, body) => {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, is: await answer.json().catch(() => undefined) };
  };
  const made = async (path, body) => {
    const { status, is } = await call('POST', path, body);
    expect(status < 300, `POST ${path} makes it (${status}: ${JSON.stringify(is)})`);
    return is;
  };
  // Some names take 80 characters.
  const named = (what) => `${what} <img src=x onerror="window.ran=3">`;
  const signed = await made('/signup', { company_name: named('Company'), full_name: named('Ada'), email, password });
  token = signed.access_token;
  const project_id = (await made('/projects', { name: named('Project'), time_zone: 'Europe/Amsterdam' })).id;
  await made('/channels', { project_id, type: 'website', name: named('Website') });
  const text = `${script} [a](${link}) ${link} https://example.com/"onmouseover="window.ran=2`;
  const post = await made('/posts', { project_id, title: named('Post'), text, scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
  const campaign = await made('/campaigns', { project_id, name: named('Campaign'), goal: script, labels: ['<b>label</b>'] });
  const template = await made('/templates', { project_id, name: named('Template'), text });
  const content = await made('/content', { project_id, title: named('Content'), text });
  await made(`/content/${content.id}/comments`, { text });
  await made('/org/teams', { name: named('Team') });
  await made('/automation/avoid-phrases', { phrase: `phrase ${script}` });
  await call('PUT', '/users/profile', { full_name: named('Ada'), markdown: `${text}\n\n<a href="${link}">b</a> ![c](${link})`, tone: script });
  const page = await made('/tracked-pages', { url: 'https://www.linkedin.com/company/markup', name: named('Page') });
  const brought = await made(`/tracked-pages/${page.id}/posts`, {
    url: 'https://www.linkedin.com/posts/markup_a-day-at-work-activity-7100000000000000077-AbCd',
    title: named('Found'),
    text,
  });
  // An address that is a script is no address.
  for (const [path, body] of [
    ['/tracked-pages', { url: link }],
    [`/tracked-pages/${page.id}/posts`, { url: link }],
    ['/posts', { project_id, text: 'x', image: { url: link, alt_text: 'x' } }],
  ]) {
    const { status } = await call('POST', path, body);
    expect(status === 422 || status === 400, `${path} refuses ${link} (${status})`);
  }
  return [
    '/app',
    '/app/posts',
    `/app/posts/${post.id}`,
    `/app/posts/${post.id}/edit`,
    `/app/posts/new?from=${post.id}`,
    '/app/calendar?view=week',
    '/app/calendar?view=list',
    '/app/channels',
    '/app/campaigns',
    `/app/campaigns/${campaign.id}`,
    `/app/content-studio/${content.id}`,
    `/app/content-studio/templates/${template.id}`,
    '/app/engagement',
    `/app/engagement/pages/${page.id}`,
    `/app/engagement/posts/${brought.post?.id ?? brought.id}`,
    '/app/engagement/settings',
    '/app/people',
    '/app/people/teams',
    '/app/account',
    '/app/audit',
  ];
};

export const walkMarkup = async ({ word }) => {
  const owner = { email: `markup-${word}@example.org`, password: `plain horse, fifth lantern ${word}` };
  const { context, page, complaints } = await openPage();
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await test(
    'markup and addresses that are scripts stay text on every page: nothing of them runs, and nothing is refused by the policy alone',
    async () => {
      const pages = await make(owner);
      await page.goto(`${address}/sign-in`);
      await page.getByLabel('E-mail').fill(owner.email);
      await page.getByLabel('Password', { exact: true }).fill(owner.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL('**/app');
      complaints.length = 0;
      for (const path of pages) {
        await page.goto(`${address}${path}`);
        await isRead(page);
        const found = await page.evaluate(() => ({
          ran: window.ran,
          // In a field it is a value.
          isShown: [document.body.innerText, ...[...document.querySelectorAll('input, textarea')].map((each) => each.value)].some((each) => each.includes('onerror=')),
          made: document.querySelectorAll('img[onerror], svg[onload], [onmouseover], #root script').length,
          links: [...document.querySelectorAll('[href], [src], [action]')].filter((each) =>
            ['href', 'src', 'action'].some((name) => /^\s*javascript:/i.test(each.getAttribute(name) ?? '')),
          ).length,
        }));
        expect(found.isShown, `it is shown on ${path}`);
        expect(found.ran === undefined, `nothing ran on ${path} (${found.ran})`);
        expect(found.made === 0 && found.links === 0, `it stays text on ${path} (${JSON.stringify(found)})`);
      }
      await picture(page, 'markup');
      expect(asked.length === 0, `nothing was asked: ${asked.join()}`);
      // The content policy would have said so.
      const said = complaints.filter((each) => /Content Security Policy|javascript:|\berror: /i.test(each));
      expect(said.length === 0, `the browser had nothing to refuse: ${said.join(' | ')}`);
    },
    page,
  );
  await context.close();
};
