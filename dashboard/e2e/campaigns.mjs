// The part of the walk that is about campaigns: from a template and a rule to a post in the calendar, as a person
// checks it.
import { address, expect, openPage, picture, test, until } from './hands.mjs';

/** `page` is the owner's. The addresses of what was made, for whoever opens every page. */
export const walkCampaigns = async ({ page, clean, word }) => {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const link = (name) => page.getByRole('link', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const go = (path) => page.goto(`${address}${path}`);
  const state = (name) => page.locator('h1 + [data-state]', { hasText: name }).waitFor();
  const path = async (pattern) => {
    await page.waitForURL(pattern);
    return new URL(page.url()).pathname;
  };
  const made = {};
  const content = /\/app\/content-studio\/[0-9a-f-]{36}$/;
  const run = /\/app\/automations\/runs\/[0-9a-f-]{36}$/;

  await test(
    'a campaign is made and activated, and a template is written that shows what each platform would show',
    async () => {
      await clean(async () => {
        await go('/app/campaigns');
        await button('New campaign').first().click();
        await dialog.getByLabel('Name').fill(`Winter ${word}`);
        await dialog.getByLabel('Last day').fill('2027-01-13');
        await dialog.getByRole('button', { name: 'Make the campaign' }).click();
        made.campaign = await path(/\/app\/campaigns\/[0-9a-f-]{36}$/);
        await button('Activate').first().click();
        await dialog.getByRole('button', { name: 'Activate' }).click();
        await state('Active');
        await go('/app/content-studio/templates/new');
        await page.getByLabel('Name', { exact: true }).fill(`Teaser ${word}`);
        // Typed as a person does: what is not finished is not asked about.
        await page.getByLabel('Text', { exact: true }).fill('Ride on ');
        await page.locator('[data-preview-of="x"]').getByText('Ride on').waitFor();
        for (const more of ['{{', ' pro', 'duct |']) {
          await page.getByLabel('Text', { exact: true }).pressSequentially(more);
          await page.getByText('A gap is not finished yet').waitFor();
        }
        await page.getByLabel('Text', { exact: true }).fill(`Ride on {{ product }} this winter. ${word}`);
        await page.getByText('product is no variable yet').waitFor();
        await button('product').click();
        await page.getByLabel('When nothing is given').fill('new tyres');
        await page.locator('[data-preview-of="x"]').getByText('Ride on new tyres this winter.').waitFor();
        await button('Save template').first().click();
        made.template = await path(/\/app\/content-studio\/templates\/[0-9a-f-]{36}$/);
      });
    },
    page,
  );

  const runNow = async () => {
    await go(made.rule);
    await button('More actions').click();
    await page.getByRole('menuitem', { name: 'Run now' }).click();
    return path(run);
  };

  await test(
    'a rule is saved with its next moments before it, and runs now: the run tells what it decided and waits for a person',
    async () => {
      await clean(async () => {
        await go('/app/automations/new');
        await page.getByLabel('Name', { exact: true }).fill(`Mondays ${word}`);
        await page.getByLabel('Campaign', { exact: true }).selectOption({ label: `Winter ${word}` });
        await page.getByLabel('Template', { exact: true }).selectOption({ label: `Teaser ${word}` });
        await page.getByLabel('Somebody must approve it first').check();
        await page.getByText(/09:00/).first().waitFor();
        await page.getByLabel('Cron expression').fill('0 9 *');
        await page.getByText('They appear when its trigger is written to its end.').waitFor();
        await page.getByLabel('Cron expression').fill('0 9 * * mon,thu');
        await page.locator('[data-moments="10"]').waitFor();
        await button('Save and enable').first().click();
        made.rule = await path(/\/app\/automations\/[0-9a-f-]{36}$/);
        made.run = await runNow();
        await state('Waits for approval');
        await page.getByText('the rule wants it so').first().waitFor();
        await picture(page, 'run');
      });
    },
    page,
  );

  await test(
    'what a rule wrote is rejected with a reason, which its run tells, and the next is approved from the queue',
    async () => {
      await clean(async () => {
        await link('The content').click();
        await path(content);
        await button('Reject').first().click();
        await dialog.getByLabel('Reason').fill('Too few words');
        await dialog.getByRole('button', { name: 'Reject' }).click();
        await state('Rejected');
        await go(made.run);
        await state('Blocked');
        await page.getByText('Too few words').first().waitFor();
        made.run = await runNow();
        await state('Waits for approval');
        // What waits for my word is in the one list of it, and leads to where I give it.
        await go('/app/needs-you');
        await page.getByText('waits for your approval').waitFor();
        await page.getByRole('link', { name: /^Content studio ?1$/ }).first().waitFor();
        await link('Review').click();
        await path(content);
        await go('/app/content-studio');
        await page.locator('[data-queue="1"]').waitFor();
        await page.getByRole('button', { name: /^Approve version/, disabled: false }).waitFor();
        await page.keyboard.press('a');
        await page.locator('[data-queue]').waitFor({ state: 'detached' });
        await go(made.run);
        await state('Done');
        await link('The content').click();
        made.content = await path(content);
        await state('Approved');
      });
    },
    page,
  );

  await test(
    'the runs of a rule are found, and each leads to its story',
    async () => {
      await clean(async () => {
        await go(made.rule);
        await link('All runs').click();
        await page.waitForURL(/\/app\/automations\/runs\?rule=/);
        await until(async () => (await page.locator('[data-run]').count()) === 2, 'it ran twice');
        await page.getByLabel('State').selectOption({ label: 'Blocked' });
        await until(async () => (await page.locator('[data-run]').count()) === 1, 'one was rejected');
        await page.locator('[data-run="blocked"]').getByRole('link').click();
        await path(run);
        await page.getByText('Too few words').first().waitFor();
      });
    },
    page,
  );

  await test(
    'a link for review shows the item to somebody without an account, who comments on it',
    async () => {
      await clean(async () => {
        await go(made.content);
        await button('Make a link').click();
        await dialog.getByLabel('Whom it is for').fill('Mara of the client');
        await dialog.getByRole('button', { name: 'Make a link' }).click();
        const shown = new URL(await dialog.locator('[data-once] output').innerText());
        made.review = `${shown.pathname}${shown.hash}`;
        const other = await openPage();
        await other.page.goto(`${address}${made.review}`);
        await other.page.getByText('For Mara of the client').waitFor();
        await other.page.getByText('It is approved.').waitFor();
        await other.page.getByLabel('Write a comment').fill(`Fine by us ${word}`);
        await other.page.getByRole('button', { name: 'Comment' }).click();
        await other.page.locator('[data-comment]').getByText(`Fine by us ${word}`).waitFor();
        expect(other.complaints.length === 0, `no complaint in the console: ${other.complaints.join(' | ')}`);
        await other.context.close();
      });
    },
    page,
  );

  await test(
    'approved content is scheduled past the quiet hours, at the time that they let it go out, and stands in the calendar',
    async () => {
      await clean(async () => {
        await go('/app/content-studio/guardrails');
        await page.getByLabel('From', { exact: true }).fill('01:00');
        await page.getByLabel('To', { exact: true }).fill('05:00');
        await page.getByLabel('They bind what people schedule, move and change, too').check();
        await button('Save guardrails').first().click();
        await page.getByText('Guardrails saved.').first().waitFor();
        await go(made.content);
        await button('Schedule').first().click();
        await dialog.getByLabel('Day', { exact: true }).fill('12 Jan 2027');
        await dialog.getByLabel('Time', { exact: true }).fill('03:00');
        await dialog.locator('[data-guardrails="held"]').waitFor();
        await picture(page, 'schedule-moved');
        await dialog.getByRole('button', { name: 'Take that time' }).click();
        await state('Scheduled');
        await page
          .getByText(/Tue 12 Jan 2027, 05:00/)
          .first()
          .waitFor();
        await go('/app/calendar?date=2027-01-12&view=day');
        await page.locator('[data-entry]', { hasText: '05:00' }).waitFor();
        await page.getByText('Quiet hours 01:00 to 05:00').waitFor();
        await page.locator('[data-plan="run"]', { hasText: `Mondays ${word}` }).waitFor({ state: 'detached' });
        await go('/app/calendar?date=2027-01-12&view=week');
        await page
          .locator('[data-plan="run"]', { hasText: `Mondays ${word}` })
          .first()
          .waitFor();
        await page.locator('[data-span]', { hasText: `Winter ${word}` }).waitFor();
        await picture(page, 'calendar-plans');
      });
    },
    page,
  );
  await test(
    'a post that somebody schedules or moves into quiet hours is held: the time that is free is taken, or a reason is given',
    async () => {
      // Not `clean`: the two refusals stand in the browser's console.
      await go('/app/posts/new?at=2027-01-13T02:15:00Z');
      await page.getByLabel('Text for all channels').fill(`Early ${word}`);
      await page.locator('[data-guardrails="move_to"]').waitFor();
      await picture(page, 'compose-held');
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      await dialog.locator('[data-held]').getByText('quiet hours').waitFor();
      await dialog.getByRole('button', { name: 'Take that time' }).click();
      await page.waitForURL(/\/app\/posts\/[0-9a-f-]{36}$/);
      await page.getByText('Wed 13 Jan 2027, 05:00').first().waitFor();
      await button('More actions').first().click();
      await page.getByRole('menuitem', { name: 'Move' }).click();
      await dialog.getByLabel('Time', { exact: true }).fill('03:30');
      await dialog.getByRole('button', { name: 'Move' }).click();
      await dialog.locator('[data-held]').waitFor();
      expect(
        await dialog.getByRole('button', { name: 'Go against them' }).isDisabled(),
        'nobody goes against them without a reason',
      );
      await dialog.getByLabel('Why it goes out all the same').fill('The fair opens at night');
      await picture(page, 'move-held');
      await dialog.getByRole('button', { name: 'Go against them' }).click();
      await page.getByText('Wed 13 Jan 2027, 03:30').first().waitFor();
      await page.getByText('The fair opens at night').first().waitFor();
    },
    page,
  );

  await test(
    'the guardrails tell what they held back, and who went against them',
    async () => {
      await clean(async () => {
        await go('/app/content-studio/guardrails');
        await page.locator('[data-held-by="quiet_hours"]').waitFor();
        await page.locator('[data-held-back]').getByText('Why: The fair opens at night').waitFor();
        await picture(page, 'held-back');
        await page.getByLabel('They bind what people schedule, move and change, too').uncheck();
        await button('Save guardrails').first().click();
        await page.getByText('Guardrails saved.').first().waitFor();
      });
    },
    page,
  );

  await test(
    'a rule that is changed shows its versions with what changed, and a run the one by which it went',
    async () => {
      await clean(async () => {
        await go(made.rule);
        await page.getByLabel('Name', { exact: true }).fill(`Tuesdays ${word}`);
        await button('Save').first().click();
        await page.locator('[data-version="2"]').getByText(`Tuesdays ${word}`).waitFor();
        await go(made.run);
        await page.locator('[data-version="1"]').getByText('this run went by it').waitFor();
        await picture(page, 'run-version');
        await go(made.rule);
        await page.getByLabel('Name', { exact: true }).fill(`Mondays ${word}`);
        await button('Save').first().click();
        await page.locator('[data-version="3"]').waitFor();
      });
    },
    page,
  );

  await test(
    'content is written with a text of its own for a platform, labels and an image',
    async () => {
      await clean(async () => {
        await go('/app/content-studio');
        await button('Write content').first().click();
        await dialog.getByLabel('Text', { exact: true }).fill(`For all ${word}`);
        await dialog.getByRole('button', { name: 'Another text for X' }).click();
        await dialog.getByLabel('Text for X').fill(`Short ${word}`);
        await dialog.getByLabel('Address of the image').fill('https://example.com/tree.png');
        await dialog.getByLabel('What it shows').fill('A tree');
        await dialog.getByLabel('Labels').fill('season, winter');
        await picture(page, 'write-content');
        await dialog.getByRole('button', { name: 'Keep as draft' }).click();
        await path(content);
        await page.getByText(`Short ${word}`).waitFor();
        await page.getByText('Labels: season, winter').waitFor();
        await page.locator('[data-image]').getByText('A tree').waitFor();
      });
    },
    page,
  );
  return made;
};
