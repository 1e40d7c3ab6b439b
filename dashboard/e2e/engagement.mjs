// The part of the walk that is about engagement: from a tracked page and an import to an act that its member confirms
// by one key.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, expect, openPage, picture, test, until } from './hands.mjs';
import { walkQueueByKeys } from './queue-by-keys.mjs';

const post_url = 'https://www.linkedin.com/posts/halden-bikes_part-payment-activity-7100000000000000042-AbCd';

/** `page` is the owner's. The addresses of what was made, for whoever opens every page. */
export const walkEngagement = async ({ page, clean, call, word, owner }) => {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const go = (path) => page.goto(`${address}${path}`);
  const made = {};

  await test(
    'my settings keep hours and caps, say what LinkedIn says, and refuse what makes no sense at its field',
    async () => {
      await clean(async () => {
        await go('/app/engagement/settings');
        await page.getByText('What LinkedIn says').waitFor();
        await page.getByLabel('Your time zone').fill('Europe/Amsterdam');
        await page.getByLabel('From', { exact: true }).selectOption({ label: '00:00' });
        await page.getByLabel('To', { exact: true }).selectOption({ label: '24:00' });
        await page.getByLabel('Acts a day, at most').fill('5');
        // So that there are hours for a plan on whatever day this is walked.
        await button('Sat').click();
        await button('Sun').click();
        await button('Save settings').click();
        await page.getByText('Your settings are saved.').first().waitFor();
        await page.reload();
        await until(async () => (await page.getByLabel('Acts a day, at most').inputValue()) === '5', 'they are kept');
        expect((await button('Sat').getAttribute('aria-pressed')) === 'true', 'Saturday is a working day');
        await page.getByLabel('New phrase').fill(`game changer ${word}`);
        await button('Add the phrase').click();
        await page.locator(`[data-phrase="game changer ${word}"]`).waitFor();
      });
      await page.getByLabel('Your time zone').fill('Mars');
      await button('Save settings').click();
      await page.getByText('Must be an IANA time zone such as Europe/Amsterdam.').waitFor();
    },
    page,
  );

  await test(
    'a page is tracked and followed, and a table of pages is seen with its bad rows by number before it is stored',
    async () => {
      await clean(async () => {
        await go('/app/engagement/pages');
        await button('Track a page').first().click();
        await dialog.getByLabel('Address').fill('HTTP://nl.linkedin.com/company/Halden-Bikes/posts/?x=1');
        await dialog.getByLabel(/^Name/).fill(`Halden Bikes ${word}`);
        await dialog.getByRole('button', { name: 'Track a page' }).click();
        const row = page.locator(`[data-tracked="Halden Bikes ${word}"]`);
        await row.getByRole('button', { name: `Follow Halden Bikes ${word}` }).click();
        await dialog.getByRole('switch', { name: 'Comment on its posts' }).click();
        await dialog.getByRole('button', { name: 'Goes out by itself' }).first().click();
        await dialog.getByText('What LinkedIn says').waitFor();
        await dialog.getByRole('button', { name: 'I confirm each' }).first().click();
        await picture(page, 'follow');
        await dialog.getByRole('button', { name: 'Follow', exact: true }).click();
        await row.getByText('Following').waitFor();
        const table = join(tmpdir(), `pages-${word}.csv`);
        writeFileSync(
          table,
          `name;url\nOne;linkedin.com/company/one-${word}\nBad;=HYPERLINK(1)\nTwo;linkedin.com/company/two-${word}\n`,
        );
        await button('Import').first().click();
        await dialog.getByLabel('File', { exact: true }).setInputFiles(table);
        await dialog.locator('[data-rows="3"]').waitFor();
        await dialog.locator('[data-bad-row="3"]').waitFor();
        const store = dialog.getByRole('button', { name: 'Track 2 pages' });
        expect(await store.isDisabled(), 'nothing is stored as long as a row is wrong');
        await picture(page, 'import');
        await dialog.getByRole('switch', { name: 'Leave the bad rows out' }).click();
        await store.click();
        await page.locator('[data-tracked="Two"]').waitFor();
        expect((await page.locator('[data-tracked="Bad"]').count()) === 0, 'the bad row is not there');
      });
    },
    page,
  );

  await test(
    'a post that is brought has its plan on a time line, and each act says why it is as it is',
    async () => {
      await clean(async () => {
        await page.getByRole('link', { name: `Halden Bikes ${word}` }).click();
        await page.waitForURL(/\/engagement\/pages\/[0-9a-f-]{36}$/);
        made.page = new URL(page.url()).pathname;
        await page.locator('[data-poll-state]').waitFor();
        await button('Bring a post').click();
        await dialog.getByLabel('Address of the post').fill(post_url);
        await dialog.getByLabel(/^Its words/).fill('We take old bicycles in part payment from today.');
        await dialog.getByRole('button', { name: 'Bring a post' }).click();
        await page.getByRole('link', { name: 'We take old bicycles' }).click();
        await page.waitForURL(/\/engagement\/posts\/[0-9a-f-]{36}$/);
        made.post = new URL(page.url()).pathname;
        await page.locator('[data-plan-chart="1"]').waitFor();
        await until(
          async () => (await page.locator('[data-act="waiting_confirmation"]').count()) === 2,
          'a like and a comment wait',
        );
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page
          .locator('[data-explanation]')
          .getByText(/waits for its member/)
          .first()
          .waitFor();
        await picture(page, 'explain-act');
        await page.keyboard.press('Escape');
      });
    },
    page,
  );

  await test(
    'on a phone the queue shows one act at a time: written, confirmed and skipped by one tap, each at its member’s word alone',
    async () => {
      const phone = await openPage({ width: 390 });
      const there = phone.page;
      await there.goto(`${address}/sign-in?to=%2Fapp%2Fengagement%2Fmine`);
      await there.getByLabel('E-mail').fill(owner.email);
      await there.getByLabel('Password', { exact: true }).fill(owner.password);
      await there.getByRole('button', { name: 'Sign in', exact: true }).click();
      await there.locator('[data-queue="2"]').waitFor();
      phone.complaints.length = 0; // who was not signed in was told so
      await picture(there, 'queue-phone');
      const isComment = async () => (await there.getByLabel('Your words').count()) > 0;
      await there.getByText('Only you can send in your name.').waitFor();
      if (await isComment()) {
        await there.getByLabel('Your words').fill(' ');
        await there.getByRole('button', { name: 'Confirm' }).click();
        await there.getByText('A comment needs words.').waitFor();
        await there.getByLabel('Your words').fill(`Good to see trade-in kept simple ${word}.`);
      } else {
        await there.getByRole('button', { name: 'Celebrate' }).click();
      }
      await there.getByRole('button', { name: 'Confirm' }).click();
      await there
        .getByText(/^Confirmed/)
        .first()
        .waitFor();
      await there.locator('[data-queue="1"]').waitFor();
      expect(
        phone.complaints.filter((each) => !each.includes('422')).length === 0,
        `no complaint: ${phone.complaints.join(' | ')}`,
      );
      await phone.context.close();
    },
    page,
  );

  await test(
    'on a desktop one key skips, the queue says that it is empty, and the plan shows what became of each',
    async () => {
      await clean(async () => {
        await go('/app/engagement/mine');
        await page.locator('[data-queue="1"]').waitFor();
        await page.locator('[data-act-id]').waitFor();
        await page.keyboard.press('s');
        await page.getByText('Nothing to confirm.').waitFor();
        await go(made.post);
        await page.locator('[data-act="skipped"]').waitFor();
        await page.locator('[data-act="queued"]').or(page.locator('[data-act="sending"]')).waitFor();
      });
    },
    page,
  );

  await test(
    'a draft is tried in my voice, and says who wrote it; nothing is stored or sent',
    async () => {
      await clean(async () => {
        await go('/app/engagement/settings');
        await page.getByLabel('A post', { exact: true }).fill('We take old bicycles in part payment from today.');
        await button('Write a draft').click();
        await page.locator('[data-draft]').waitFor();
      });
    },
    page,
  );

  await test(
    'who wants it is asked in a chat; the link shows the one act without signing in, and confirms it once, by a click alone',
    async () => {
      const said = [];
      const chat = createServer((asked, answer) => {
        let body = '';
        asked.on('data', (part) => (body += part));
        asked.on('end', () => {
          said.push(body);
          answer.end('ok');
        });
      }).listen(0, '127.0.0.1');
      try {
        await go('/app/engagement/settings');
        await page.getByLabel('Ask me by mail').check();
        await button('Save settings').click();
        await page.getByText('Your settings are saved.').first().waitFor();
        await page
          .getByLabel('Address of its incoming webhook')
          .first()
          .fill(`http://127.0.0.1:${chat.address().port}/hook`);
        await button('Add the chat').first().click();
        await page.locator('[data-chat]').waitFor();
        await button('Send a test').click();
        await until(() => said.some((each) => each.includes('Pulse can reach this chat')), 'the test arrives');
        await go(made.page);
        await button('Bring a post').click();
        await dialog.getByLabel('Address of the post').fill(post_url.replace('0042', '0043'));
        await dialog.getByLabel(/^Its words/).fill(`Asked by link ${word}.`);
        await dialog.getByRole('button', { name: 'Bring a post' }).click();
        const secretsOf = (text) => [...text.matchAll(/\/app\/confirm#secret=([\w-]+)/g)].map((each) => each[1]);
        // By mail only an address is asked that its member has confirmed, which nobody has here.
        const [secret] = await until(() => said.map(secretsOf).find((each) => each.length > 0), 'the chat is asked');
        const look = async () => (await (await fetch(`${address}/confirmation-links/${secret}`)).json()).state;
        const other = await openPage({ width: 390 });
        const there = other.page;
        await there.goto(`${address}/app/confirm#secret=${secret}`);
        await there.getByText(`Asked by link ${word}.`).first().waitFor();
        await there.getByText('For Ada Brandt').waitFor();
        await there.reload();
        await there.getByRole('button', { name: 'Confirm' }).waitFor();
        expect((await look()) === 'waiting_confirmation', 'looking confirms nothing');
        expect((await there.getByRole('link').count()) <= 1, 'nothing else of the company is shown');
        await picture(there, 'confirm-link');
        await there.getByRole('button', { name: 'Confirm' }).click();
        await there.getByText('You said yes. It goes out at its time.').waitFor();
        expect((await look()) !== 'waiting_confirmation', 'it is confirmed');
        await there.reload();
        await there.getByText('You said yes. It goes out at its time.').waitFor();
        expect((await there.getByRole('button', { name: 'Confirm' }).count()) === 0, 'a link is good once');
        await there.goto('about:blank');
        await there.goto(`${address}/app/confirm#secret=guessed`);
        await there.getByText('This link opens nothing.').waitFor();
        const complaints = other.complaints.filter((each) => !each.includes('404'));
        expect(complaints.length === 0, `no complaint in the console: ${complaints.join(' | ')}`);
        await other.context.close();
        made.confirm = `/app/confirm#secret=${secret}`;
      } finally {
        chat.close();
      }
    },
    page,
  );

  await test(
    'my own accounts say what is connected, and what whoever runs Pulse has switched off',
    async () => {
      await clean(async () => {
        await go('/app/engagement/accounts');
        await page.locator('[data-account="linkedin"]').getByText('Not connected').waitFor();
        await page.getByText('Off by the operator').waitFor();
        await page.getByText('Links from WhatsApp').waitFor();
      });
    },
    page,
  );

  await test(
    'figures count what is planned and done, are exported, and the list of who did most is switched off for everybody',
    async () => {
      await clean(async () => {
        await go('/app/engagement/figures');
        await page.locator('[data-figures]').waitFor();
        await page.locator(`[data-tally="Halden Bikes ${word}"]`).waitFor();
        const [file] = await Promise.all([page.waitForEvent('download'), button('Export CSV').first().click()]);
        expect(file.suggestedFilename() === 'engagement.csv', 'a file is saved');
        await page.getByRole('switch', { name: 'Show this list to everybody' }).click();
        await page.getByText('Your company does without a list').waitFor();
        await page.getByRole('switch', { name: 'Show this list to everybody' }).click();
      });
    },
    page,
  );
  const tracked = (await call('GET', '/tracked-pages')).items.find((each) => each.name === `Halden Bikes ${word}`);
  for (const n of [51, 52]) {
    const url = post_url.replace('0042', `00${n}`);
    await call('POST', `/tracked-pages/${tracked?.id}/posts`, { url, text: `Walked by keys, ${n}.` });
  }
  await walkQueueByKeys({ page, clean, acts: 3, word });
  return made;
};
