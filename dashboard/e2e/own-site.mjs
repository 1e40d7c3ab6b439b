// The part of the walk that is about a site of the company's own: told by signed messages what its website channel
// publishes.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { address, expect, picture, test, until } from './hands.mjs';
import { isStill } from './until.mjs';

/** A site that takes messages and remembers them; `answers` is the status that it gives. */
const openSite = async () => {
  const site = { messages: [], answers: 200 };
  const server = createServer((asked, answer) => {
    const parts = [];
    asked.on('data', (part) => parts.push(part));
    asked.on('end', () => {
      site.messages.push({ headers: asked.headers, body: Buffer.concat(parts).toString() });
      answer.writeHead(site.answers).end();
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  site.host = `127.0.0.1:${server.address().port}`;
  site.close = () => server.close();
  return site;
};

/** Whether a message is signed by this secret, as Standard Webhooks says. */
const isSigned = ({ headers, body }, secret) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const made = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return headers['webhook-signature'] === `v1,${made.digest('base64')}`;
};

/** `page` is the owner's, whose project has a website channel; `axe` is the source of axe. */
export const walkOwnSite = async ({ page, clean, word, axe }) => {
  const site = await openSite();
  const dialog = page.getByRole('dialog');
  const button = (name) => dialog.getByRole('button', { name, exact: true });
  const open = async (on) => {
    await on.goto(`${address}/app/channels`);
    await on.locator('[data-channel="website"]').getByRole('button', { name: /^More actions for / }).click();
    await on.getByRole('menuitem', { name: 'Your own site' }).click();
    await on.getByRole('dialog').getByLabel('Address').waitFor();
  };
  const set = async (where) => {
    await dialog.getByLabel('Address').fill(where);
    await button('Set').click();
  };
  const types = () => site.messages.map((each) => JSON.parse(each.body).type);
  let secret;

  await test(
    'that no site is told is said, and is no error in the browser’s console',
    async () => {
      await clean(async () => {
        await open(page);
        await dialog.getByText('No site is told yet.').waitFor();
      });
    },
    page,
  );

  await test(
    'a site’s address that is none, or leads inside, is refused in words',
    async () => {
      await dialog.getByText('No site is told yet.').waitFor();
      expect(await button('Set').isDisabled(), 'nothing cannot be set');
      await set('https://10.0.0.1/hooks');
      await dialog.getByRole('alert').waitFor();
      await picture(page, 'own-site-refused');
      await dialog.getByText('No site is told yet.').waitFor();
    },
    page,
  );

  await test(
    'a site is set, its secret stands there once, and a test arrives signed with it',
    async () => {
      await open(page); // the browser itself complains of the 404 that says that there is none
      await dialog.getByText('No site is told yet.').waitFor();
      await clean(async () => {
        await set(`http://${site.host}/hooks/pulse`);
        secret = await dialog.locator('[data-once] output').textContent();
        expect(/^whsec_/.test(secret), 'the secret is there');
        await dialog.getByText(site.host, { exact: true }).waitFor();
        await dialog.getByText('Nothing was sent there yet.').waitFor();
        await button('Send a test').click();
        await page.getByText('A test is on its way.').first().waitFor();
        await dialog.getByText('The last message arrived').waitFor();
        expect(types().join() === 'test', 'the test alone has come');
        expect(isSigned(site.messages[0], secret), 'it is signed');
        await picture(page, 'own-site');
      });
    },
    page,
  );

  await test(
    'what the website publishes is told, and the secret is not shown again',
    async () => {
      await open(page);
      expect((await dialog.locator('[data-once]').count()) === 0, 'the secret is gone');
      expect(!(await page.content()).includes(secret), 'it stands nowhere on the page');
      await page.goto(`${address}/app/posts/new`);
      await page.getByLabel('Text for all channels').fill(`Told to our site ${word}`);
      await page.getByRole('button', { name: 'More ways' }).click();
      await page.getByRole('menuitem', { name: 'Publish now' }).click();
      await until(() => types().includes('post.published'), 'the site is told');
      const told = site.messages.find((each) => JSON.parse(each.body).type === 'post.published');
      expect(isSigned(told, secret), 'it is signed');
      expect(told.body.includes(`Told to our site ${word}`), 'it says what was published');
    },
    page,
  );

  await test(
    'what the website has published is gone along by keys, and Enter opens the story',
    async () => {
      await page.goto(`${address}/app/website`);
      await page.locator('tbody tr').first().waitFor();
      await page.keyboard.press('j');
      await page.locator('tbody tr[aria-current="true"]').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/app\/posts\/[0-9a-f-]{36}/);
    },
    page,
  );

  for (const theme of ['light', 'dark']) {
    for (const width of [1440, 390]) {
      await test(
        `the dialog of a site, ${theme}, ${width} px: no complaint of the browser or of axe`,
        async () => {
          await page.emulateMedia({ colorScheme: theme });
          await page.setViewportSize({ width, height: width < 640 ? 844 : 900 });
          await clean(async () => {
            await open(page);
            await dialog.getByText('The last message arrived').waitFor();
            await isStill(page);
            await page.evaluate(axe);
            const { violations } = await page.evaluate(async () =>
              window.axe.run(document, { resultTypes: ['violations'] }),
            );
            const bad = violations.filter((each) => ['moderate', 'serious', 'critical'].includes(each.impact));
            expect(bad.length === 0, `axe finds nothing: ${bad.map((each) => each.id).join(', ')}`);
            const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect(sideways <= 0, `nothing scrolls sideways (${sideways} px)`);
            await picture(page, `own-site-${theme}-${width}`);
          });
        },
        page,
      );
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });

  await test(
    'a site that says that nobody listens is told no more until it is set anew, and can be removed',
    async () => {
      site.answers = 410;
      await open(page);
      await button('Send a test').click();
      await dialog.getByText(/nobody listens there/).waitFor();
      expect(await button('Send a test').isDisabled(), 'no more tests');
      await picture(page, 'own-site-off');
      site.answers = 200;
      await set(`http://${site.host}/hooks/again`);
      await dialog.locator('[data-once] output').waitFor();
      expect((await dialog.locator('[data-once] output').textContent()) !== secret, 'the secret is another');
      await dialog.getByText(/nobody listens there/).waitFor({ state: 'detached' });
      await button('Tell it no more').click();
      await dialog.getByText('No site is told yet.').waitFor();
    },
    page,
  );
  site.close();
};
