// A channel whose account the platform has refused is connected again at the platform's own page, by keys alone, and
// what waited goes out.
import { address, ask, expect, openPage, picture, pressUntil, sandbox, test, until } from './hands.mjs';

// The platform's page leads back to the address by which Pulse knows itself, where the session has to be, too.
const home = address.replace('127.0.0.1', 'localhost');

const signIn = async (page, { email, password }) => {
  await page.goto(`${home}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app');
};

/** `channelId` is one on X, of the account `user`. */
export const walkReconnect = async ({ call, projectId, channelId, user, word, owner }) => {
  const { context, page } = await openPage();
  const press = (key) => page.keyboard.press(key);
  const stateOf = async (id) => (await call('GET', `/posts/${id}`)).status;
  const channel = async () => (await call('GET', `/channels?project_id=${projectId}`)).items.find((each) => each.id === channelId);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  let waiting;

  await test('an account that X refuses is told on the channel, and what is due waits for it', async () => {
    await signIn(page, owner);
    await ask('fault', { platform: 'x', kind: 'status', status: 401, count: 20, match: { method: 'POST', path_prefix: '/2/tweets', account: user } });
    const now = new Date(Date.now() + 500).toISOString();
    waiting = await call('POST', '/posts', { project_id: projectId, text: `Before it was refused ${word}`, channel_ids: [channelId], scheduled_at: now });
    await until(async () => (await channel()).disabled_reason, 'the channel is off, with a reason');
    await page.goto(`${home}/app/channels`);
    await page.locator(`[data-channel="x"]`).getByText('Reconnect').first().waitFor();
    await picture(page, 'refused-account');
  }, page);

  await test('it is connected again at X’s own page, by keys alone: the same channel goes on, and nothing is there twice', async () => {
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });
    const before = (await call('GET', `/channels?project_id=${projectId}`)).items.length;
    const chosen = page.locator('[data-channel="x"][aria-current="true"], [data-channel="x"] :focus');
    await pressUntil(page, 'j', async () => (await chosen.count()) > 0, 'the channel is chosen', before);
    await press('o');
    await page.getByRole('dialog').getByText(/^Reconnect/).first().waitFor();
    await picture(page, 'reconnect');
    await pressUntil(page, 'Tab', async () => (await focused()) === 'Continue at X', 'Tab reaches the way to X', 30);
    await press('Enter');
    await page.waitForURL(`${sandbox}/**`);
    await picture(page, 'reconnect-at-x');
    const allow = page.locator(`a[href*="user=${user}"]`);
    const isOnIt = () => allow.evaluate((link) => link === document.activeElement);
    await pressUntil(page, 'Tab', isOnIt, 'Tab reaches the account', 200);
    await press('Enter');
    await page.waitForURL(/\/app\/channels/);
    await page.getByText('The account is connected.').first().waitFor();
    await until(async () => (await channel()).is_active, 'the channel is on again');
    expect((await call('GET', `/channels?project_id=${projectId}`)).items.length === before, 'no second channel is made');
    await page.locator('[data-channel="x"]').getByRole('button', { name: 'Pause' }).first().waitFor();
    await picture(page, 'reconnected');
  }, page);

  await test('what waited for the account goes out by itself', async () => {
    await until(async () => ['published', 'failed'].includes(await stateOf(waiting.id)), 'it is decided');
    expect((await stateOf(waiting.id)) === 'published', `it is out: ${await stateOf(waiting.id)}`);
  }, page);
  await context.close();
};
