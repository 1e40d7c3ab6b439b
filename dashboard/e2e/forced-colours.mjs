// Whoever has the system's own few colours sees where the focus is, and what is chosen, on or full: of the page's
// backgrounds the browser leaves none.
import { address, expect, openPage, test, until } from './hands.mjs';

/** What is chosen or on and has no outline to tell so, in words. */
const untold = (page) =>
  page.evaluate(() => {
    const chosen = '[aria-current="page"], [aria-current="true"], [aria-pressed="true"], tr[aria-selected="true"], [role="switch"][aria-checked="true"]';
    return [...document.querySelectorAll(chosen)]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && getComputedStyle(each).outlineStyle === 'none')
      .map((each) => `${each.localName} "${(each.getAttribute('aria-label') ?? each.textContent).trim().slice(0, 40)}"`);
  });

/** Each stop of Tab has a ring in a colour that is not the ground's. */
const walkRing = async (page, stops) => {
  await page.evaluate(() => document.activeElement?.blur());
  for (let stop = 1; stop <= stops; stop += 1) {
    await page.keyboard.press('Tab');
    const { what, style, isSeen } = await page.evaluate(() => {
      const at = document.activeElement;
      const { outlineStyle, outlineColor } = getComputedStyle(at);
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      return { what: at.outerHTML.slice(0, 80), style: outlineStyle, isSeen: outlineColor !== ground };
    });
    expect(style !== 'none' && isSeen, `stop ${stop} is seen: ${what}`);
  }
};

export const walkForcedColours = async ({ owner }) => {
  const { context, page } = await openPage();
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app');
  await test('in forced colours the focus is seen, and what is chosen, on or full', async () => {
    await page.goto(`${address}/app/posts`);
    await page.locator('[data-post]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.locator('tr[aria-selected="true"]').waitFor();
    await until(async () => (await untold(page)).length === 0, 'rows and tabs').catch(async () => expect(false, (await untold(page)).join(', ')));
    await walkRing(page, 30);
    await page.goto(`${address}/app/calendar`);
    const whatIf = page.getByRole('switch');
    await whatIf.click();
    await page.locator('[role="switch"][aria-checked="true"]').waitFor();
    const odd = await untold(page);
    expect(odd.length === 0, `views and switch are told: ${odd.join(', ')}`);
    const thumb = await whatIf.evaluate((each) => {
      const [track, inner] = each.querySelectorAll('span');
      return [getComputedStyle(track).backgroundColor, getComputedStyle(inner).backgroundColor];
    });
    expect(thumb[0] !== thumb[1], `the switch has a thumb (${thumb.join(' on ')})`);
    await page.goto(`${address}/app/channels`);
    const gauge = page.locator('[data-gauge]').first();
    await gauge.waitFor();
    const [track, used] = await gauge.evaluate((each) => [each, each.lastElementChild].map((part) => getComputedStyle(part).backgroundColor));
    expect(track !== used, `a gauge tells how much is used (${used} on ${track})`);
  }, page);
  await context.close();
};
