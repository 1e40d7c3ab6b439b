// The calendar under a hand and under keys: an entry is dragged to another time and the move is undone, carried by
// keys, refused where the time is over, and hatched while everything is paused.
import { address, expect, picture, test, until } from './hands.mjs';

const half_hours_down = 4;

export const walkCalendar = async ({ page, clean, call, projectId, channelIds, word }) => {
  const title = `Dragged ${word}`;
  const day = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);
  const entry = page.locator('[data-entry]', { hasText: title });
  const from = `${day}T10:00:00.000Z`;
  const { id } = await call('POST', '/posts', { project_id: projectId, title, text: `Moved by hand ${word}.`, channel_ids: channelIds, scheduled_at: from });
  const due = async () => Date.parse((await call('GET', `/posts/${id}`)).scheduled_at);
  const open = async (view = 'week') => {
    await call('POST', `/posts/${id}/schedule`, { scheduled_at: from }); // whatever a case before has left
    await page.goto(`${address}/app/calendar?view=${view}&date=${day}`);
    await entry.waitFor();
  };
  /**
   * By `down` half hours and `right` days, as a hand does it: slowly, and past the threshold from which it is a drag.
   */
  const drag = async ({ down = 0, right = 0, meanwhile = async () => undefined }) => {
    const lane = await page.locator('[role="region"] [role="cell"]').last().boundingBox();
    const box = await entry.boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + 8];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 6, y + 6, { steps: 3 });
    await page.mouse.move(x + right * lane.width, y + down * 24, { steps: 10 });
    await meanwhile();
    await picture(page, 'calendar-drag');
    await page.mouse.up();
  };

  await test('an entry is dragged to a later time with the mouse, and the move is taken back with undo', async () => {
    await clean(async () => {
      await open();
      await drag({
        down: half_hours_down,
        meanwhile: () => page.locator('[data-dragged]').getByText('It would go out on time.').waitFor(),
      });
      await page.locator('[data-dragged]').waitFor({ state: 'detached' });
      await page.getByText(new RegExp(`Moved ${title} to .*\\. It would go out on time\\.`)).first().waitFor();
      await until(async () => (await due()) > Date.parse(from), 'the server has the later time');
      const moved = (await due()) - Date.parse(from);
      expect(Math.abs(moved - half_hours_down * 1_800_000) <= 300_000, `it moved by two hours, to five minutes (${moved / 60_000} min)`);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await until(async () => (await due()) === Date.parse(from), 'it is where it was');
    });
  }, page);

  await test('before several posts are moved it is said what would become of each at that time', async () => {
    await clean(async () => {
      const texts = [`Of three, first ${word}`, `Of three, second ${word}`, `Of three, draft ${word}`];
      const ids = [];
      for (const [index, text] of texts.entries()) {
        const time = index < 2 ? { scheduled_at: from } : {};
        ids.push((await call('POST', '/posts', { project_id: projectId, text, channel_ids: channelIds, ...time })).id);
      }
      await page.goto(`${address}/app/posts?q=${encodeURIComponent('Of three')}`);
      for (const text of texts) await page.getByRole('checkbox', { name: `Select ${text}` }).check();
      await page.getByRole('toolbar').getByRole('button', { name: 'Move' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('[data-outlook="known"]').getByText('All 3 would go out on time.').waitFor();
      await call('POST', `/channels/${channelIds[0]}/pause`);
      await dialog.getByRole('button', { name: 'Tomorrow, same time' }).click();
      await dialog.getByText('None of 3 would go out on time.').waitFor();
      expect((await dialog.locator('[data-outlook-of]').count()) === 3, 'each is named with its reason');
      await dialog.getByText(/Would not go out: the channel .* is paused\./).first().waitFor();
      await picture(page, 'bulk-outlook');
      await call('POST', `/channels/${channelIds[0]}/resume`);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      for (const each of ids) await call('DELETE', `/posts/${each}`);
    });
  }, page);

  await test('a month on a narrow window shows more of a title than its first letters', async () => {
    await page.setViewportSize({ width: 768, height: 1024 });
    await open('month');
    const title_box = await entry.locator('.font-name').boundingBox();
    const cell = await entry.boundingBox();
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(title_box.width > cell.width * 0.7, `the title has the width of its entry: ${title_box.width} of ${cell.width}`);
  }, page);

  await test('by keys an entry is found with Tab, picked up, carried and put down; it stands where it would be meanwhile', async () => {
    await clean(async () => {
      await open();
      await page.locator('[tabindex="0"]', { has: entry }).last().focus();
      await page.keyboard.press('m');
      await page.getByText(`Moving ${title}`).first().waitFor();
      const before = await entry.boundingBox();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      await until(async () => (await entry.boundingBox())?.x > before.x + 40, 'it is drawn a day later');
      await page.getByRole('status').getByText('It would go out on time.').waitFor();
      await picture(page, 'calendar-carried');
      await page.keyboard.press('Enter');
      await until(async () => (await due()) === Date.parse(from) + 86_400_000 + 900_000, 'it is a day and a quarter of an hour later');
      expect(new URL(page.url()).pathname === '/app/calendar', 'the key that puts it down opens nothing');
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await until(async () => (await due()) === Date.parse(from), 'it is where it was');
    });
  }, page);

  await test('Escape puts an entry back, and nothing is asked of the server', async () => {
    await clean(async () => {
      await open();
      await page.locator('[tabindex="0"]', { has: entry }).last().focus();
      await page.keyboard.press('m');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await until(async () => (await page.getByText(`Moving ${title}`).count()) === 0, 'nothing is carried');
      expect((await due()) === Date.parse(from), 'it was not moved');
    });
  }, page);

  await test('what the server refuses springs back, and says why', async () => {
    await open();
    await page.route(`**/posts/${id}/schedule`, (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Conflict', status: 409, code: 'post_has_begun', detail: 'It has begun to go out.' }) }),
    );
    const before = await entry.boundingBox();
    await drag({ down: 6 });
    await page.getByText('It has begun to go out.').first().waitFor();
    await until(async () => Math.abs((await entry.boundingBox()).y - before.y) < 2, 'it stands where it stood');
    await page.unroute(`**/posts/${id}/schedule`);
  }, page);

  await test('a move says what would hold the post up, together with its undo', async () => {
    await open();
    await call('POST', `/channels/${channelIds[0]}/pause`);
    await page.locator('[tabindex="0"]', { has: entry }).last().focus();
    for (const key of ['m', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    const told = page.getByRole('listitem').filter({ hasText: `Moved ${title} to` }).filter({ hasText: /Would not go out: the channel .* is paused\./ });
    await told.getByRole('button', { name: 'Undo' }).waitFor();
    await call('POST', `/channels/${channelIds[0]}/resume`);
  }, page);

  await test('while everything is paused, what lies ahead is hatched; and pausing and resuming takes two clicks each', async () => {
    await clean(async () => {
      await open();
      await page.getByRole('button', { name: 'Pause all' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
      await page.locator('.hatched[data-entry]', { hasText: title }).waitFor();
      await picture(page, 'calendar-paused');
      await page.getByRole('button', { name: 'Resume' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
      await page.locator('.hatched[data-entry]', { hasText: title }).waitFor({ state: 'detached' });
    });
  }, page);

  await call('DELETE', `/posts/${id}`);
};
