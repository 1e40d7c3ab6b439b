// The part of the walk that is about a company that asks everybody for a second factor: its owner says so, and a member
// who has none sets one up before anything else. Then he loses it: she resets it, and a mailed code lets him set up
// another.
import { address, ask, expect, openPage, picture, test, until } from './hands.mjs';
import { codeOf } from './one-time-code.mjs';

const call = async (method, path, { token, body } = {}) => {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json().catch(() => undefined) };
};

const looks = [
  ['light', 1440, 900],
  ['dark', 1440, 900],
  ['light', 390, 844],
  ['dark', 390, 844],
];

/** The page in both themes and two sizes: axe finds nothing, and nothing scrolls sideways. */
const look = async (page, name, axe) => {
  for (const [theme, width, height] of looks) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    // Colours that are still on their way to the other theme have less contrast than they will have.
    await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(async () => window.axe.run(document, { resultTypes: ['violations'] }));
    const bad = violations.filter((each) => ['moderate', 'serious', 'critical'].includes(each.impact));
    expect(bad.length === 0, `axe finds nothing: ${bad.map((each) => `${each.id}: ${each.nodes[0]?.html}`).join(' | ')}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways <= 0, `nothing scrolls sideways (${sideways} px)`);
    await picture(page, `${name}-${theme}-${width}`);
  }
};

/** Sets an authenticator app up, where the section of the second factor is shown. */
const setUpApp = async (page, axe) => {
  const button = (name) => page.getByRole('button', { name, exact: true });
  await button('Set up an authenticator app').click();
  await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
  const secret = await page.getByLabel('The secret', { exact: true }).innerText();
  const field = page.getByLabel('Code', { exact: true });
  await field.fill('000000');
  await button('Confirm').click();
  await page.getByText('The code is not right').waitFor();
  if (axe) await look(page, 'factor-missing-setup', axe);
  const codes = page.getByRole('list', { name: 'Recovery codes' });
  await until(async () => {
    if ((await field.count()) > 0) {
      await field.fill(codeOf(secret));
      await button('Confirm').click();
      await codes.or(page.getByText('The code is not right')).first().waitFor();
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    }
    return (await codes.count()) > 0;
  }, 'the code is taken');
  await button('I keep them safe').click();
  await page.locator('[data-factor="on"]').waitFor();
};

/** The latest mail to an address with this subject, as soon as it is there. */
const mailTo = (to, subject) =>
  until(async () => (await ask('mails', { to })).mails.findLast((each) => each.subject === subject), `the mail “${subject}” arrives`);

export const walkSecondFactor = async ({ word, axe }) => {
  const owner = { email: `tove-${word}@example.org`, password: 'amber harbour, third bicycle' };
  const member = { email: `nils-${word}@example.org`, password: 'wooden kettle, ninth silver ferry' };
  const made = await call('POST', '/signup', { body: { company_name: `Factor ${word}`, full_name: 'Tove Lind', ...owner } });
  const token = made.body.access_token;
  const invited = await call('POST', '/org/invites', { token, body: { email: member.email, role: 'member' } });
  const accepted = await call('POST', '/org/invites/accept', { body: { code: invited.body.code, full_name: 'Nils Dahl', ...member } });
  expect(accepted.status === 201, `he is a member: ${JSON.stringify(accepted.body)}`);
  let ownersSecret = '';
  const hers = await openPage();
  const his = await openPage();
  const typePassword = async (page, who) => {
    await page.goto(`${address}/sign-in`);
    await page.getByLabel('E-mail').fill(who.email);
    await page.getByLabel('Password', { exact: true }).fill(who.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  await test(
    'an owner asks everybody for a second factor once she has one herself',
    async () => {
      const { page } = hers;
      await typePassword(page, owner);
      await page.waitForURL((url) => url.pathname.startsWith('/app'));
      await page.goto(`${address}/app/settings`);
      const rule = page.getByRole('switch', { name: /second factor/i });
      await rule.click();
      await page.getByText('would lock yourself out').waitFor();
      ownersSecret = (await call('POST', '/auth/second-factor', { token })).body.secret;
      const confirmed = await call('POST', '/auth/second-factor/confirm', { token, body: { code: codeOf(ownersSecret) } });
      expect(confirmed.status === 200, 'she has one');
      await rule.click();
      await page.locator('[data-factor-rule="on"]').waitFor();
    },
    hers.page,
  );

  await test(
    'a member who has none is led to set one up after the password, and gets in with the right code alone',
    async () => {
      const { page } = his;
      const button = (name) => page.getByRole('button', { name, exact: true });
      await typePassword(page, member);
      await page.locator('[data-factor-missing]').waitFor();
      await page.locator('[data-factor="off"]').waitFor();
      expect(await button('Go on').isDisabled(), 'nothing goes on yet');
      await look(page, 'factor-missing', axe);
      await page.goto(`${address}/app/posts`);
      await page.locator('[data-factor-missing]').waitFor();
      await setUpApp(page, axe);
      await look(page, 'factor-missing-done', axe);
      await button('Go on').click();
      await page.locator('[data-factor-missing]').waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
      expect((await call('POST', '/auth/login', { body: member })).body.code === 'second_factor_required', 'the password alone signs in no more');
    },
    his.page,
  );

  await ask('send_mail', { is_on: true });
  await test(
    'the owner resets the second factor that a member has lost: she confirms herself, and he is told by mail',
    async () => {
      const { page } = hers;
      await ask('tire', { email: owner.email });
      await page.goto(`${address}/app/people`);
      await page.locator(`[data-member="${member.email}"]`).getByRole('button').click();
      await page.getByRole('menuitem', { name: 'Reset the second factor' }).click();
      const warning = page.getByRole('alertdialog');
      await warning.getByText('all their sessions end now').waitFor();
      await look(page, 'factor-reset', axe);
      await warning.getByRole('button', { name: 'Reset the second factor' }).click();
      await page.getByRole('heading', { name: 'Is it still you?' }).waitFor();
      expect((await call('POST', '/auth/login', { body: member })).body.code === 'second_factor_required', 'nothing is reset yet');
      const confirming = page.getByRole('dialog');
      const done = page.getByText('The second factor of Nils Dahl is reset');
      await confirming.getByLabel('Password', { exact: true }).fill(owner.password);
      await confirming.getByRole('button', { name: 'Go on' }).click();
      const field = confirming.getByLabel('Code', { exact: true });
      await field.waitFor();
      // A code that was used is good no more; the next one is, half a minute early.
      await until(async () => {
        if ((await field.count()) > 0) {
          await field.fill(codeOf(ownersSecret, 1));
          await confirming.getByRole('button', { name: 'Go on' }).click();
          await done.or(page.getByText('The code is not right')).first().waitFor();
        }
        return (await done.count()) > 0;
      }, 'she is believed');
      const told = await mailTo(member.email, 'Your second factor at Pulse was reset');
      expect(told.text.includes(`Tove Lind has reset your second factor at Factor ${word}.`), `the mail names her: ${told.text}`);
      await his.page.getByText('Your session ended').waitFor();
    },
    hers.page,
  );

  await test(
    'he signs in with the password, shows by a mailed code that his address is his, and sets up another',
    async () => {
      const { page } = his;
      const button = (name) => page.getByRole('button', { name, exact: true });
      await page.getByLabel('Password', { exact: true }).fill(member.password);
      await button('Sign in').click();
      await page.locator('[data-mailed-code]').waitFor();
      expect((await page.locator('[data-factor]').count()) === 0, 'no factor is set up before the code');
      await look(page, 'mailed-code', axe);
      await button('Mail me a code').click();
      const field = page.getByLabel('Code from the mail');
      await field.waitFor();
      const { text } = await mailTo(member.email, 'Your code for Pulse');
      expect(text.includes('is about to set up a second factor.'), `the mail says what it is for: ${text}`);
      const code = /^(\d{4} \d{4})$/m.exec(text)[1];
      const digits = code.replace(' ', '');
      await field.fill(String((Number(digits) + 1) % 100_000_000).padStart(8, '0'));
      await button('Confirm').click();
      await page.getByText('The code is not right, was used before or is too old').waitFor();
      expect((await page.locator('[data-factor]').count()) === 0, 'a wrong code opens nothing');
      await look(page, 'mailed-code-wrong', axe);
      await field.fill(code);
      await button('Confirm').click();
      await page.locator('[data-factor="off"]').waitFor();
      await setUpApp(page);
      await mailTo(member.email, 'Your sign-in at Pulse has changed');
      await button('Go on').click();
      await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
      expect((await call('POST', '/auth/login', { body: member })).body.code === 'second_factor_required', 'the password alone signs in no more');
    },
    his.page,
  );
  await ask('send_mail', { is_on: false });
  await hers.context.close();
  await his.context.close();
};
