// The part of the walk that is about passkeys, with Chromium's own authenticator: made, used in both ways, and removed.
import { address, ask, expect, openPage, picture, test } from './hands.mjs';

/** Browsers make passkeys for names, not for numbers. */
const home = address.replace('127.0.0.1', 'localhost');

const plugIn = async ({ context, page }) => {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
};

export const walkPasskeys = async ({ word }) => {
  const mira = { email: `mira-${word}@example.org`, password: `purple lantern ${word}` };
  const made = await fetch(`${address}/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ company_name: `Keys ${word}`, full_name: 'Mira Falk', ...mira }),
  });
  expect(made.status === 201, 'a company of her own');
  const hers = await openPage();
  const { page, context } = hers;
  await plugIn(hers);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const isIn = () => page.waitForURL((url) => url.pathname.startsWith('/app'));
  const leave = async () => {
    await context.clearCookies();
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${home}/sign-in`);
  };
  const typePassword = async () => {
    await page.getByLabel('E-mail').fill(mira.email);
    await page.getByLabel('Password', { exact: true }).fill(mira.password);
    await button('Sign in').click();
  };
  const security = () => page.goto(`${home}/app/account/security`);

  await test(
    'a passkey is made, and signs in without a password',
    async () => {
      await page.goto(`${home}/sign-in`);
      await button('Sign in with a passkey').waitFor();
      await typePassword();
      await isIn();
      await security();
      await button('New passkey').click();
      await page.getByLabel('Its name').fill('Laptop');
      await button('Make the passkey').click();
      await page.locator('[data-passkey="Laptop"]').waitFor();
      await picture(page, 'passkeys');
      await leave();
      await button('Sign in with a passkey').click();
      await isIn();
    },
    page,
  );

  await test(
    'a passkey is asked for beside the password, and takes that away again',
    async () => {
      await security();
      await button('Ask for a passkey instead').click();
      await button('I keep them safe').click();
      await page.locator('[data-factor="on"]').waitFor();
      await leave();
      await typePassword();
      await button('Use a passkey instead').click();
      await isIn();
      await security();
      await page.locator('[data-factor="on"]').getByRole('button', { name: 'Remove it' }).click();
      await button('Use a passkey').click();
      await page.locator('[data-factor="off"]').waitFor();
    },
    page,
  );

  await test(
    'who signed in a while ago shows that it is still they, and then the passkey is named and removed',
    async () => {
      await ask('tire', { email: mira.email });
      await button('Name the passkey Laptop').click();
      await page.getByLabel('Its name').fill('Old laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Is it still you?' }).waitFor();
      await picture(page, 'still-you');
      await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill('not my password');
      await button('Go on').click();
      await page.getByText('That is not your password.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Use a passkey' }).click();
      await page.locator('[data-passkey="Old laptop"]').waitFor();
      await button('Remove the passkey Old laptop').click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove it' }).click();
      await page.locator('[data-passkey]').waitFor({ state: 'detached' });
      await leave();
      await button('Sign in with a passkey').click();
      await page.getByText('not known here').waitFor();
    },
    page,
  );
  await context.close();
};
