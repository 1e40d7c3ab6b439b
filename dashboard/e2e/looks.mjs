// What a look at a page would find: an id where a name belongs, a chosen tab out of sight, a sheet that stays.
import { smallTargets } from './fits.mjs';
import { address, expect, test, until } from './hands.mjs';

/** What is odd about the page as it is shown, in words; nothing: all is well. */
export const oddLooks = (page) =>
  page.evaluate(() => {
    const odd = [];
    const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // In code it is meant to be copied.
      if (!id.test(node.textContent) || node.parentElement.closest('code, pre, script, style, textarea')) continue;
      odd.push(`nobody reads the id in "${node.textContent.trim().slice(0, 80)}"`);
    }
    for (const nav of document.querySelectorAll('main nav')) {
      const current = [...nav.querySelectorAll('[aria-current="page"]')].map((each) => `"${each.textContent.trim()}"`);
      if (current.length > 1) odd.push(`${current.join(' and ')} are both the chosen tab`);
    }
    for (const current of document.querySelectorAll('main nav [aria-current="page"]')) {
      const [outer, inner] = [current.closest('nav').getBoundingClientRect(), current.getBoundingClientRect()];
      if (inner.left < outer.left - 1 || inner.right > outer.right + 1)
        odd.push(`the chosen tab "${current.textContent.trim()}" is out of sight`);
    }
    return odd;
  });

/** What opens over a page: where, and by which button. */
const openers = [
  ['/app', 'More'],
  ['/app', 'What happens'],
  ['/app', 'Pause all'],
  ['/app', /^Notifications/],
  ['/app/posts/new', 'Choose the day'],
  ['/app/posts/new', 'More ways'],
  ['/app/channels', /^More actions/],
  ['/app/people', 'Invite people'],
];

/**
 * On a phone what slides over a page goes with it, and a row of tabs follows whoever goes on to another of its pages.
 */
export const walkSheets = async ({ page }) => {
  await test(
    'on a phone a link in the sheet leads on and the sheet goes',
    async () => {
      await page.goto(`${address}/app`);
      await page.getByRole('button', { name: 'What happens', exact: true }).click();
      const sheet = page.getByRole('dialog');
      await sheet.locator('a[href*="/app/posts/"]').first().click();
      await page.waitForURL(/\/app\/posts\/[0-9a-f-]{36}/);
      await sheet.waitFor({ state: 'detached' });
    },
    page,
  );
  await test(
    'on a phone what opens over a page is large enough for a thumb, too',
    async () => {
      for (const [path, name] of openers) {
        await page.goto(`${address}${path}`);
        await page.getByRole('button', { name, exact: true }).first().click();
        await page.getByRole('dialog').or(page.getByRole('menu')).first().waitFor();
        await page.locator('[role="dialog"] button, [role="dialog"] a, [role^="menuitem"]').first().waitFor();
        const small = await smallTargets(page, '[role="dialog"], [role="menu"]');
        expect(small.length === 0, `behind ${name}: ${small.join(' | ')}`);
      }
    },
    page,
  );
  await test(
    'on a phone the chosen tab is in sight after going from the last one to the first',
    async () => {
      await page.goto(`${address}/app/engagement/accounts`);
      const tabs = page.locator('main nav').first();
      for (const name of ['My accounts', 'Posts']) {
        await tabs.getByRole('link', { name, exact: true }).click();
        await tabs.locator('[aria-current="page"]', { hasText: name }).waitFor();
        await until(async () => (await oddLooks(page)).length === 0, `the tab ${name} is in sight`);
      }
    },
    page,
  );
};
