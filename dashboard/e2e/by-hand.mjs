// What a person does beside the straight way: goes back in the middle of a sentence, has two tabs, loses the network or
// the session, and uses the keyboard alone.
import { address, expect, openPage, picture, test, until } from './hands.mjs';

const textOf = (page) => page.getByLabel('Text for all channels');

const signIn = async (page, { email, password }) => {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app');
};

const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Drafts: nothing that was typed is lost, and nothing is written over. */
const walkDrafts = async ({ context, page, call, projectId, channelIds, word }) => {
  await test('the last word is kept by the way back and by a reload, however fast they come', async () => {
    await page.goto(`${address}/app/posts`);
    await page.locator('[data-post]').first().waitFor();
    await page.keyboard.press('c');
    await textOf(page).waitFor();
    await page.keyboard.type(`Half a sentence ${word}`);
    await page.goBack();
    await page.locator('[data-post]').first().waitFor();
    await page.goForward();
    await until(async () => (await textOf(page).inputValue()) === `Half a sentence ${word}`, 'it is there again');
    await page.keyboard.type('.');
    await textOf(page).fill(`A sentence ${word}`);
    await page.reload();
    await until(async () => (await textOf(page).inputValue()) === `A sentence ${word}`, 'it is there after the reload');
  }, page);

  await test('the posts page lists what the browser keeps, leads back to it, and discards it until that is undone', async () => {
    await page.goto(`${address}/app/posts`);
    const kept = page.locator('[data-kept]', { hasText: `A sentence ${word}` });
    await kept.getByText('A new post').waitFor();
    await kept.getByRole('button', { name: /^Discard/ }).click();
    await kept.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await kept.getByRole('link', { name: /^Go on writing/ }).click();
    await until(async () => (await textOf(page).inputValue()) === `A sentence ${word}`, 'it goes on');
  }, page);

  await test('a copy of a post and a second tab leave the draft as it is', async () => {
    const { id } = await call('POST', '/posts', { project_id: projectId, text: `To be copied ${word}`, channel_ids: channelIds });
    await page.goto(`${address}/app/posts/${id}`);
    await page.getByRole('button', { name: 'Duplicate' }).first().click();
    await until(async () => (await textOf(page).inputValue()) === `To be copied ${word}`, 'the copy is shown');
    await page.goto(`${address}/app/posts/new`);
    await until(async () => (await textOf(page).inputValue()) === `A sentence ${word}`, 'what was begun before is there');
    const second = await context.newPage();
    await second.goto(`${address}/app/posts/new`);
    // The copy was left unfinished: it may be offered there, but never what the first tab has.
    await until(async () => ['', `To be copied ${word}`].includes(await textOf(second).inputValue()), 'the second tab has another draft');
    await textOf(second).fill('Of the second tab');
    await second.close();
    await page.reload();
    await until(async () => (await textOf(page).inputValue()) === `A sentence ${word}`, 'the first tab has its own');
    await call('DELETE', `/posts/${id}`);
  }, page);

  await test('an edit that was kept over a reload is told who saved in between, and writes over nothing', async () => {
    const { id } = await call('POST', '/posts', { project_id: projectId, text: `First ${word}`, channel_ids: channelIds });
    await page.goto(`${address}/app/posts/${id}/edit`);
    await textOf(page).fill(`Mine ${word}`);
    await until(() => page.evaluate((text) => Object.values({ ...localStorage }).some((each) => each.includes(text)), `Mine ${word}`), 'it is kept');
    await call('PATCH', `/posts/${id}`, { text: `Theirs ${word}` });
    await page.reload();
    await page.getByText('Ada Brandt edited the post.').waitFor();
    await picture(page, 'conflict-kept');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await until(async () => (await textOf(page).inputValue()) === `Theirs ${word}`, 'theirs is shown');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await until(async () => (await textOf(page).inputValue()) === `Mine ${word}`, 'mine is there again');
    expect((await call('GET', `/posts/${id}`)).text === `Theirs ${word}`, 'the server has theirs');
    await call('DELETE', `/posts/${id}`);
  }, page);
  // Who composes next begins anew.
  await page.goto(`${address}/app/posts`);
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('pulse-draft-')).forEach((key) => localStorage.removeItem(key)));
};

/** By keyboard: the focus goes in, stays in, and comes back. */
const walkFocus = async ({ page, call, projectId, channelIds, word }) => {
  await test('dialogs take the focus, keep it, close with Escape and give it back to what opened them', async () => {
    const { id } = await call('POST', '/posts', { project_id: projectId, text: `By keys ${word}`, channel_ids: channelIds, scheduled_at: new Date(Date.now() + 86_400_000).toISOString() });
    await page.goto(`${address}/app/posts/${id}`);
    await page.locator('h1 + [data-state]').waitFor();
    const more = page.getByRole('button', { name: 'More actions' });
    for (const item of ['Move', 'Cancel post', 'Delete post']) {
      await more.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: item }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.locator('[role="dialog"],[role="alertdialog"]');
      await until(() => dialog.evaluate((element) => element.contains(document.activeElement)), `${item}: the focus is in the dialog`);
      for (let tab = 0; tab < 12; tab += 1) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(() => {
          const at = document.activeElement;
          return { isIn: at.closest('[role="dialog"],[role="alertdialog"]') !== null, ring: getComputedStyle(at).outlineStyle };
        });
        expect(seen.isIn, `${item}: Tab ${tab + 1} stays in the dialog`);
        expect(seen.ring !== 'none', `${item}: Tab ${tab + 1} is seen`);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await until(() => hasFocus(more), `${item}: the focus is back`);
    }
    await call('DELETE', `/posts/${id}`);
  }, page);

  await test('a day is picked with the pointer in the dialog that moves a post', async () => {
    const { id } = await call('POST', '/posts', { project_id: projectId, text: `By pointer ${word}`, channel_ids: channelIds, scheduled_at: new Date(Date.now() + 86_400_000).toISOString() });
    await page.goto(`${address}/app/posts/${id}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Move' }).click();
    const day = page.getByRole('dialog').getByLabel('Day', { exact: true });
    const before = await day.inputValue();
    await page.getByRole('button', { name: 'Choose the day' }).click();
    await page.getByRole('button', { name: 'Next month' }).click();
    await page.getByRole('gridcell', { name: / 15th, / }).getByRole('button').click();
    await until(async () => /^\w{3} 15 /.test(await day.inputValue()) && (await day.inputValue()) !== before, 'the day is taken');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await call('DELETE', `/posts/${id}`);
  }, page);

  await test('Enter saves a dialog, a wrong field has the focus and its words, and what was written is not lost to Escape', async () => {
    await page.goto(`${address}/app/channels`);
    await page.getByRole('button', { name: /^Set|^Change/ }).first().click();
    const posts = page.getByRole('dialog').getByLabel('Posts');
    await posts.fill('0');
    await page.keyboard.press('Enter');
    await until(() => posts.evaluate((field) => field.ariaInvalid === 'true' && field === document.activeElement), 'the wrong field has the focus');
    expect(await posts.evaluate((field) => /from 1 to/.test(document.getElementById(field.getAttribute('aria-describedby')).textContent)), 'its error is read with it');
    await page.keyboard.press('Escape');
    await page.goto(`${address}/app/content-studio`);
    await page.getByRole('button', { name: 'Write content' }).first().click();
    await page.getByRole('dialog').getByLabel('Text', { exact: true }).fill('A text of the studio');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByText('Close without saving?').waitFor();
    await page.getByRole('button', { name: 'Keep writing' }).click();
    expect((await page.getByRole('dialog').getByLabel('Text', { exact: true }).inputValue()) === 'A text of the studio', 'it is still there');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }, page);
};

/** A page that holds what was not saved. */
const walkLeaving = async ({ page, word }) => {
  await test('a page that is left before it was saved asks first; saved, it lets go', async () => {
    await page.goto(`${address}/app/content-studio/templates`);
    await page.getByRole('link', { name: 'New template' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill(`Left open ${word}`);
    await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
    await page.getByRole('alertdialog').getByText('Leave without saving?').waitFor();
    await page.keyboard.press('Escape');
    expect((await page.getByLabel('Name', { exact: true }).inputValue()) === `Left open ${word}`, 'it is still there');
    await page.goBack();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stay here' }).click();
    await page.getByLabel('Text', { exact: true }).first().fill('This week at Halden.');
    await page.getByRole('button', { name: 'Save template', exact: true }).first().click();
    await page.waitForURL(/templates\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
    await page.waitForURL('**/app/posts');
  }, page);
};

/** Addresses of posts that are none. */
const walkNowhere = async ({ page }) => {
  await test('an address with what is no post’s id says that there is no such post, and leads to the list', async () => {
    for (const path of ['garbage', 'garbage/edit', '00000000-0000-4000-8000-000000000000']) {
      await page.goto(`${address}/app/posts/${path}`);
      await page.getByText('There is no such post.').waitFor();
      expect((await page.getByRole('button', { name: 'Try again' }).count()) === 0, `${path}: trying again would not help`);
      await page.getByRole('link', { name: 'Go to the posts' }).click();
      await page.waitForURL('**/app/posts');
    }
    await page.goto(`${address}/app/campaigns/garbage`);
    await page.getByText('There is nothing at this address.').waitFor();
  }, page);
};

/** Without network, and without a session. */
const walkAway = async ({ owner, word }) => {
  const { context, page, complaints } = await openPage();
  await signIn(page, owner);

  await test('without network the page says since when it is behind, a page that is not there yet is waited for, and all is true again with it', async () => {
    await page.goto(`${address}/app/posts/new`);
    await textOf(page).fill(`Without network ${word}`);
    await page.locator('[data-live="live"],[data-live="polling"]').waitFor();
    await context.setOffline(true);
    await page.getByText(/Shown as of .* Publishing goes on/).waitFor();
    await until(() => page.getByRole('button', { name: 'Schedule', exact: true }).isDisabled(), 'nothing can be sent');
    await page.getByText('This device has no network.').first().waitFor();
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await page.waitForURL('**/app/audit');
    expect(await textOf(page).isVisible(), 'what was shown stays');
    await picture(page, 'offline');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Verify now' }).waitFor();
    await page.locator('[data-live="live"],[data-live="polling"]').waitFor();
    await page.goto(`${address}/app/posts/new`);
    await until(async () => (await textOf(page).inputValue()) === `Without network ${word}`, 'the draft was kept');
    await until(() => page.getByRole('button', { name: 'Schedule', exact: true }).isEnabled(), 'it can be sent again');
  }, page);

  await test('a session that ends while one writes is opened again over the page, and the focus is where it was', async () => {
    await textOf(page).fill(`Before the session ended ${word}`);
    await page.evaluate(() => document.querySelector('textarea').focus());
    const sign = await fetch(`${address}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) });
    const headers = { authorization: `Bearer ${(await sign.json()).access_token}` };
    const { items } = await (await fetch(`${address}/auth/sessions`, { headers })).json();
    const mine = items.filter((each) => !each.is_current).toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
    await fetch(`${address}/auth/sessions/${mine.id}`, { method: 'DELETE', headers });
    const password = page.getByRole('dialog').getByLabel('Password', { exact: true });
    await until(() => hasFocus(password), 'the password is asked for');
    await page.keyboard.type(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await textOf(page).inputValue()) === `Before the session ended ${word}`, 'the text is there');
    await until(() => hasFocus(textOf(page)), 'and has the focus');
  }, page);

  await test('a sign-out in one tab reaches the other, which comes back to where it was', async () => {
    const second = await context.newPage();
    await second.goto(`${address}/app`);
    complaints.length = 0;
    second.on('response', (answer) => answer.status() === 401 && complaints.push(answer.url()));
    await second.getByRole('button', { name: /Ada Brandt/ }).first().click();
    await second.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.waitForURL('**/sign-in');
    await page.waitForURL(/\/sign-in\?to=/);
    await page.getByLabel('E-mail').fill(owner.email);
    // The stream's end may come before the other tab's word, and is asked about once.
    const asked = complaints.filter((each) => !/activity\/ticket|auth\/refresh/.test(each));
    expect(asked.length === 0, `what was shown is not asked for without a session: ${asked.join(' | ')}`);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/posts/new');
    await until(async () => (await textOf(page).inputValue()) === `Before the session ended ${word}`, 'the draft was kept');
    await page.getByRole('button', { name: 'More ways' }).click();
    await page.getByRole('menuitem', { name: 'Start anew' }).click();
    await until(async () => (await textOf(page).inputValue()) === '', 'the draft is gone');
  }, page);
  await context.close();
};

export const walkByHand = async (given) => {
  await walkDrafts(given);
  await walkFocus(given);
  await walkLeaving(given);
  await walkNowhere(given);
  await walkAway(given);
};
