// The part of the walk that is about people: from an invitation's link to a session that ends.
// Over 400 lines: it is one story, and each step stands on those before it.
import { readFileSync } from 'node:fs';
import { address, expect, openPage, picture, test, until } from './hands.mjs';
import { codeOf } from './one-time-code.mjs';

const call = async (token, method, path, body) => {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response.status;
};
const signIn = async ({ email, password }) =>
  (
    await (
      await fetch(`${address}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
    ).json()
  ).access_token;

/** `page` is the owner's, who is signed in as Ada Brandt. */
export const walkPeople = async ({ page, clean, word }) => {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const go = (path) => page.goto(`${address}${path}`);
  const jonas = { email: `jonas-${word}@example.org`, password: 'wrong horse, third lantern' };
  const row = page.locator(`[data-member="${jonas.email}"]`);
  const other = await openPage();
  const there = other.page;
  let link = '';

  await test(
    'somebody is invited by a link, which stands there once, and joins from another browser',
    async () => {
      await clean(async () => {
        await go('/app/people');
        await page.getByText('You are alone here').waitFor();
        await page.keyboard.press('i');
        await button('Anybody with a link').click();
        await page.getByLabel('How many may join').fill('0');
        await button('Make the invitation').click();
        await page.getByText('Write a number from 1 to 500.').waitFor();
        await page.getByLabel('How many may join').fill('2');
        await button('Make the invitation').click();
        link = await page.locator('[data-once] output').innerText();
        await dialog.getByRole('button', { name: 'Copy' }).click();
        expect((await page.evaluate(() => navigator.clipboard.readText())) === link, 'the link is copied');
        await picture(page, 'invited');
        await dialog.getByRole('button', { name: 'Done', exact: true }).click();
      });
      const at = new URL(link);
      await there.goto(`${address}${at.pathname}${at.hash}`);
      await there.getByLabel('Your name').fill('Jonas Weil');
      await there.getByLabel('E-mail').fill(jonas.email);
      await there.getByLabel('Password', { exact: true }).fill(jonas.password);
      await there.getByRole('button', { name: 'Join' }).click();
      await there.waitForURL('**/app');
      await go('/app/people/invites');
      await page.getByText('1 of 2 joined').waitFor();
    },
    page,
  );

  await test(
    'who may not change people sees why and whom to ask',
    async () => {
      await there.goto(`${address}/app/people`);
      await there.getByText(/owners and admins change roles and teams\. Ask Ada Brandt\./).waitFor();
      expect((await there.getByRole('button', { name: 'Invite people' }).count()) === 0, 'no invitation is offered');
    },
    there,
  );

  await test(
    'a team is made, and the new member found, put into it and made admin by keyboard',
    async () => {
      await clean(async () => {
        await go('/app/people/teams');
        await button('New team').click();
        await page.getByLabel('Name of the team').fill('Editorial');
        await page.keyboard.press('Enter');
        await page.locator('[data-team="Editorial"]').waitFor();
        await go('/app/people');
        await row.waitFor();
        await page.keyboard.press('f');
        await page.keyboard.type('jonas');
        await until(async () => (await page.locator('[data-member]').count()) === 1, 'one is found');
        await page.getByLabel('Search name and address').blur();
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await dialog.getByRole('radio', { name: /^Admin/ }).check();
        await dialog.getByLabel('Team', { exact: true }).selectOption('Editorial');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await row.getByText('Admin', { exact: true }).first().waitFor();
        await row.getByText('Editorial', { exact: true }).first().waitFor();
      });
      await there.reload();
      await there.getByRole('button', { name: 'Invite people' }).first().waitFor();
    },
    page,
  );

  await test(
    'the ownership is handed over, and back',
    async () => {
      const handOver = async (on, email) => {
        await on.goto(`${address}/app/people`);
        await on.locator(`[data-member="${email}"]`).getByRole('button').click();
        await on.getByRole('menuitem', { name: 'Hand over the ownership' }).click();
        await on.getByText('You become an admin').waitFor();
        await on.getByRole('alertdialog').getByRole('button', { name: 'Hand over the ownership' }).click();
        await on.locator(`[data-member="${email}"]`).getByText('Owner', { exact: true }).first().waitFor();
      };
      await handOver(page, jonas.email);
      await handOver(there, await page.locator('[data-member]', { hasText: 'Ada Brandt' }).getAttribute('data-member'));
      await page.reload();
      await row.getByText('Admin', { exact: true }).first().waitFor();
    },
    page,
  );

  await test(
    'deactivating says first what it does; then the other’s session ends by itself',
    async () => {
      await there.goto(`${address}/app`);
      await there.locator('[data-live="live"]').waitFor();
      await row.getByRole('button').click();
      await page.getByRole('menuitem', { name: 'Deactivate' }).click();
      await dialog.getByText('All sessions of Jonas Weil end now').waitFor();
      await picture(page, 'deactivate');
      await dialog.getByRole('button', { name: 'Deactivate' }).click();
      await row.getByText('Deactivated').waitFor();
      await there.getByText('Your session ended').waitFor();
      await there.getByLabel('Password', { exact: true }).fill(jonas.password);
      await there.getByRole('button', { name: 'Sign in', exact: true }).click();
      await there.getByText('E-mail and password do not match.').waitFor();
    },
    there,
  );

  await test(
    'who is let in again signs in where they were',
    async () => {
      await row.getByRole('button').click();
      await page.getByRole('menuitem', { name: 'Let in again' }).click();
      await row.getByText('Deactivated').waitFor({ state: 'detached' });
      // After a wrong password the next try waits its second.
      await until(async () => {
        await there.getByLabel('Password', { exact: true }).fill(jonas.password);
        await there.getByRole('button', { name: 'Sign in', exact: true }).click();
        await there.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        return (await there.getByText('Your session ended').count()) === 0;
      }, 'the card over the page goes away');
      expect(new URL(there.url()).pathname === '/app', 'it is the page of before');
    },
    there,
  );

  await test(
    'a revoked invitation takes nobody in',
    async () => {
      await go('/app/people/invites');
      await page.getByRole('button', { name: 'Revoke the invitation for Anybody with the link' }).click();
      await page.getByText('Revoked', { exact: true }).waitFor();
      const late = await openPage();
      const at = new URL(link);
      await late.page.goto(`${address}${at.pathname}${at.hash}`);
      await late.page.getByText(/used up, revoked or too old/).waitFor();
      expect((await late.page.getByRole('button', { name: 'Join' }).count()) === 0, 'it offers nothing to fill in');
      await late.context.close();
    },
    page,
  );

  await test(
    'a profile is written, drawn and kept; markup in it stays text',
    async () => {
      await there.goto(`${address}/app/account`);
      await there.getByLabel('Tone').fill('warm, short');
      await there.getByLabel('About you').fill('I ride **everything** <b>here</b>.');
      const preview = there.getByRole('region', { name: 'As it reads' });
      await preview.locator('strong', { hasText: 'everything' }).waitFor();
      expect((await preview.locator('b').count()) === 0, 'markup stays text');
      await there.keyboard.press('Control+s');
      await there.getByText('Your profile is saved.').first().waitFor();
      await there.reload();
      await until(async () => (await there.getByLabel('Tone').inputValue()) === 'warm, short', 'the tone is kept');
    },
    there,
  );

  await test(
    'a session is ended from elsewhere, and a new password ends the others',
    async () => {
      const first = await signIn(jonas);
      await there.goto(`${address}/app/account/security`);
      const others = there.locator('[data-session="other"]');
      await others.first().waitFor();
      await there.locator('[data-session="current"]').getByText('Chromium on Linux').waitFor();
      await others.first().getByRole('button').click();
      await others.first().waitFor({ state: 'detached' });
      expect((await call(first, 'GET', '/auth/me')) === 401, 'the ended session is refused');
      const second = await signIn(jonas);
      await there.getByLabel('Current password').fill('not this one at all');
      await there.getByLabel('New password').fill('another horse, fourth lantern');
      await there.getByRole('button', { name: 'Change the password' }).click();
      await there.getByText('Is not your current password.').waitFor();
      await until(async () => {
        await there.getByLabel('Current password').fill(jonas.password);
        await there.getByLabel('New password').fill('another horse, fourth lantern');
        await there.getByRole('button', { name: 'Change the password' }).click();
        await there.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        return (await there.getByText('The password is changed').count()) > 0;
      }, 'the password is changed');
      expect((await call(second, 'GET', '/auth/me')) === 401, 'the other session has ended');
      jonas.password = 'another horse, fourth lantern';
      expect(Boolean(await signIn(jonas)), 'the new password signs in');
    },
    there,
  );

  await test(
    'a token for a script stands there once, does what it is for and no more, and is revoked',
    async () => {
      await there.goto(`${address}/app/account/tokens`);
      await there.getByRole('button', { name: 'New token' }).click();
      await there.getByRole('button', { name: 'Make the token' }).click();
      await there.getByText('Choose what it may do.').waitFor();
      await there.getByLabel('What it is for').fill('nightly import');
      await there.getByLabel('Read posts, calendar and analytics').check();
      await picture(there, 'new-token');
      await there.getByRole('button', { name: 'Make the token' }).click();
      const token = await there.locator('[data-once] output').innerText();
      await there.getByRole('button', { name: 'I have it' }).click();
      expect((await call(token, 'GET', '/posts')) === 200, 'it reads posts');
      expect((await call(token, 'GET', '/channels')) === 403, 'it reads nothing else');
      await there.reload();
      const row = there.locator('[data-token="nightly import"]');
      await row.getByText('from 127.0.0.1').waitFor();
      expect(!(await there.content()).includes(token), 'the token is nowhere any more');
      await row.getByRole('button').click();
      await there.getByRole('alertdialog').getByRole('button', { name: 'Revoke the token' }).click();
      await row.waitFor({ state: 'detached' });
      expect((await call(token, 'GET', '/posts')) === 401, 'it is refused');
    },
    there,
  );

  await test(
    'an authenticator app is set up by its QR code, asked for when signing in, and removed',
    async () => {
      await there.goto(`${address}/app/account/security`);
      await there.getByRole('button', { name: 'Set up an authenticator app' }).click();
      await there.getByRole('img', { name: 'QR code of the secret' }).waitFor();
      const secret = await there.getByLabel('The secret', { exact: true }).innerText();
      await picture(there, 'second-factor');
      await there.getByLabel('Code', { exact: true }).fill('000000');
      await there.getByRole('button', { name: 'Confirm' }).click();
      await there.getByText('The code is not right').waitFor();
      await until(async () => {
        // Once a code is taken its field goes, and the recovery codes come in its place.
        if ((await there.getByLabel('Code', { exact: true }).count()) > 0) {
          await there.getByLabel('Code', { exact: true }).fill(codeOf(secret));
          await there.getByRole('button', { name: 'Confirm' }).click();
          await there
            .getByRole('list', { name: 'Recovery codes' })
            .or(there.getByText('The code is not right'))
            .first()
            .waitFor();
          await there.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        }
        return (await there.getByRole('list', { name: 'Recovery codes' }).count()) > 0;
      }, 'the code is taken');
      const codes = await there.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
      await picture(there, 'recovery-codes');
      await there.getByRole('button', { name: 'I keep them safe' }).click();
      await there.locator('[data-factor="on"]').waitFor();
      const phone = await openPage({ width: 390 });
      await phone.page.goto(`${address}/sign-in`);
      await phone.page.getByLabel('E-mail').fill(jonas.email);
      await phone.page.getByLabel('Password', { exact: true }).fill(jonas.password);
      await phone.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await phone.page.getByLabel('Code', { exact: true }).fill(codes[0]);
      await phone.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await phone.page.waitForURL('**/app');
      await phone.context.close();
      await there.reload();
      await there.getByText(`${codes.length - 1} recovery codes are left`).waitFor();
      await there.getByRole('button', { name: 'Remove it' }).click();
      await there.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
      await there.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
      await there.locator('[data-factor="off"]').waitFor();
      expect(Boolean(await signIn(jonas)), 'the password alone signs in');
    },
    there,
  );

  await test(
    'the audit tells who changed what, is filtered, exported and verified, also against an end that was kept',
    async () => {
      await clean(async () => {
        await go('/app/audit');
        await page.locator('[data-action="POST /org/teams"]').first().waitFor();
        await page.getByLabel('What', { exact: true }).selectOption('POST /org/teams');
        await until(async () => (await page.locator('[data-entry]').count()) === 1, 'one entry is left');
        await page.keyboard.press('Escape');
        await page.getByLabel('What', { exact: true }).blur();
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.getByText('Made: teams').waitFor();
        await page.locator('dd', { hasText: 'Editorial' }).waitFor();
        await picture(page, 'audit');
        const [file] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
        const lines = readFileSync(await file.path(), 'utf8')
          .trim()
          .split('\r\n');
        expect(lines.length === 2 && lines[1].includes('POST /org/teams'), 'the file has what is shown');
        await button('Verify now').click();
        await page.locator('[data-sound="true"]').waitFor();
        await button('More').click();
        const [head] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: 'Keep the signed end' }).click(),
        ]);
        await page.getByLabel('Verify against a kept end…').setInputFiles(await head.path());
        await page.getByText('also against the kept end').waitFor();
      });
      await there.goto(`${address}/app/audit`);
      await there.getByRole('button', { name: 'Verify now' }).waitFor();
    },
    page,
  );

  await test(
    'roles are told from the routes, each right with what it is for',
    async () => {
      await clean(async () => {
        await go('/app/people/roles');
        await button('Schedule, publish, retry and decide').click();
        await page
          .getByText('Publish a post now')
          .or(page.getByText(/^Schedule a post/))
          .first()
          .waitFor();
      });
    },
    page,
  );

  await other.context.close();
};

/** `page` is of an administrator of the installation. */
export const walkInstallation = async ({ page, clean, word, company }) => {
  await test(
    'a company is suspended with a reason, its people are not let in, and it goes on',
    async () => {
      const kari = { email: `kari-${word}@example.org`, password: `correct horse ${word}` };
      await fetch(`${address}/signup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...kari, company_name: `Nordlys ${word}`, full_name: 'Kari Nordmann' }),
      });
      const token = await signIn(kari);
      await clean(async () => {
        await page.goto(`${address}/app/admin`);
        await page.locator(`[data-company="${company}"]`).waitFor();
        await page.getByRole('link', { name: `Nordlys ${word}` }).click();
        await page.getByText('Kari Nordmann').waitFor();
        await page.getByRole('button', { name: 'Suspend the company' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Suspend the company' }).click();
        await page.getByText('Write why.').waitFor();
        await page.getByLabel('Why').fill('unpaid');
        await page.getByRole('dialog').getByRole('button', { name: 'Suspend the company' }).click();
        await page.getByText('because: unpaid').waitFor();
        expect((await call(token, 'GET', '/auth/me')) >= 400, 'its people are not let in');
        await page.getByRole('button', { name: 'Resume the company' }).click();
        await page.getByRole('button', { name: 'Suspend the company' }).waitFor();
        expect(Boolean(await signIn(kari)), 'they are let in again');
      });
    },
    page,
  );

  await test(
    'whoever runs the installation sees where pictures and films are kept, and checks it',
    async () => {
      await clean(async () => {
        await page.goto(`${address}/app/admin`);
        const media = page.getByRole('region', { name: 'Pictures and films' });
        await media.getByText('On this server').waitFor();
        await media.getByRole('button', { name: 'Check it now' }).click();
        await page.locator('[data-media-check="well"]').waitFor();
        await picture(page, 'media-storage');
        await page.goto(`${address}/app/settings`);
        await page.locator('[data-media-space="this_server"]').getByText(/are taken; one picture or film may have/).waitFor();
      });
    },
    page,
  );
};
