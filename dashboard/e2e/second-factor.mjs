// The part of the walk that is about a company that asks everybody for a second factor: its owner says so, and a member
// who has none sets one up before anything else.
import { address, expect, openPage, picture, test, until } from './hands.mjs';
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

export const walkSecondFactor = async ({ word, axe }) => {
  const owner = { email: `tove-${word}@example.org`, password: 'amber harbour, third bicycle' };
  const member = { email: `nils-${word}@example.org`, password: 'wooden kettle, ninth silver ferry' };
  const made = await call('POST', '/signup', { body: { company_name: `Factor ${word}`, full_name: 'Tove Lind', ...owner } });
  const token = made.body.access_token;
  const invited = await call('POST', '/org/invites', { token, body: { email: member.email, role: 'member' } });
  const accepted = await call('POST', '/org/invites/accept', { body: { code: invited.body.code, full_name: 'Nils Dahl', ...member } });
  expect(accepted.status === 201, `he is a member: ${JSON.stringify(accepted.body)}`);
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
      const begun = await call('POST', '/auth/second-factor', { token });
      const confirmed = await call('POST', '/auth/second-factor/confirm', { token, body: { code: codeOf(begun.body.secret) } });
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
      await button('Set up an authenticator app').click();
      await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
      const secret = await page.getByLabel('The secret', { exact: true }).innerText();
      const field = page.getByLabel('Code', { exact: true });
      await field.fill('000000');
      await button('Confirm').click();
      await page.getByText('The code is not right').waitFor();
      await look(page, 'factor-missing-setup', axe);
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
      await look(page, 'factor-missing-done', axe);
      await button('Go on').click();
      await page.locator('[data-factor-missing]').waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
      expect((await call('POST', '/auth/login', { body: member })).body.code === 'second_factor_required', 'the password alone signs in no more');
    },
    his.page,
  );
  await hers.context.close();
  await his.context.close();
};
