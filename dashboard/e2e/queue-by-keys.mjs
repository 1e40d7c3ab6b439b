// My queue without a pointer: every act is read, answered and taken back by keys, and the focus is never lost.
import { address, expect, picture, pressUntil, test, until } from './hands.mjs';

/** `acts`: how many wait at least, among them a like before a comment. Nothing is clicked here. */
export const walkQueueByKeys = async ({ page, clean, acts, word }) => {
  const chosen = () => page.locator('[data-act-id]').getAttribute('data-act-id');
  const press = (key) => page.keyboard.press(key);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 60) ?? '');
  const isLost = () => page.evaluate(() => document.activeElement.closest('main') === null);
  const field = page.getByLabel('Your words');
  const waiting = async () => Number(await page.locator('[data-queue]').getAttribute('data-queue'));
  const tabTo = (name, most) => pressUntil(page, 'Tab', async () => (await focused()) === name, `Tab reaches ${name}`, most);
  /** J until the act shown has this. */
  const goTo = async (part, what, most) => {
    for (let step = 0; (await part.count()) === 0; step += 1) {
      expect(step < most, `${what} is among ${most} acts`);
      const before = await chosen();
      await press('j');
      await until(async () => (await chosen()) !== before, 'J goes on');
    }
  };

  await test(
    'my queue is walked by keys alone: J and K go through it, E writes, Escape leaves the words, Enter confirms, S skips',
    async () => {
      await clean(async () => {
        await page.goto(`${address}/app/engagement/mine`);
        await page.locator('[data-act-id]').waitFor();
        const all = await waiting();
        expect(all >= acts, `${acts} acts wait: ${all}`);
        const first = await chosen();
        await press('j');
        await until(async () => (await chosen()) !== first, 'J goes on');
        await press('k');
        await until(async () => (await chosen()) === first, 'K goes back');
        await goTo(field, 'a comment', all);
        await press('e');
        await until(() => field.evaluate((element) => element === document.activeElement), 'E goes into the words');
        await press('Control+a');
        await page.keyboard.type(`By keys alone ${word}.`);
        const comment = await chosen();
        await press('Escape');
        await until(async () => !(await field.evaluate((element) => element === document.activeElement)), 'Escape leaves them');
        expect(page.url().endsWith('/app/engagement/mine'), 'and not the page');
        expect((await field.inputValue()) === `By keys alone ${word}.`, 'what was written stays');
        await press('Enter');
        await page.getByText(/^Confirmed/).first().waitFor();
        await until(async () => (await waiting()) === all - 1 && (await chosen()) !== comment, 'the next one comes');
        // Taken back by keys, too: what says that it is confirmed is reached with F8.
        await press('F8');
        await tabTo('Take it back', 6);
        await press('Enter');
        // One whose time has come is under way by then, and says so.
        await page.getByText(/Taken back: it is skipped|It is under way or over already/).first().waitFor();
        await until(async () => !(await isLost()), 'the focus is back on the page');
        const next = await chosen();
        await press('s');
        await until(async () => (await waiting()) === all - 2 && (await chosen()) !== next, 'S skips');
        await until(async () => !(await isLost()), 'the focus is on the next card');
        await picture(page, 'queue-by-keys');
      });
    },
    page,
  );

  await test(
    'the buttons of an act are reached with Tab and pressed with Enter; a reaction is chosen so, and confirmed',
    async () => {
      await clean(async () => {
        const all = await waiting();
        for (let step = 1; step < all; step += 1) await press('k');
        await page.locator('[data-act-id]', { hasText: /^1 of / }).waitFor();
        await goTo(page.getByRole('button', { name: 'Insightful' }), 'a like', all);
        await tabTo('Insightful');
        await press('Enter');
        await page.locator('[aria-pressed="true"]', { hasText: 'Insightful' }).waitFor();
        await page.getByText(/^You react with Insightful/).waitFor();
        const liked = await chosen();
        await tabTo('Confirm');
        await press('Enter');
        await page.getByText(/^Confirmed/).first().waitFor();
        await until(async () => (await page.locator(`[data-act-id="${liked}"]`).count()) === 0, 'it has left the queue');
        await until(async () => !(await isLost()), 'the focus is on the page');
      });
    },
    page,
  );
};
