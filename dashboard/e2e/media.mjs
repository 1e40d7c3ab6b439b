// The part of the walk that is about pictures and films: into the library, into a post, and out with it.
import { deflateSync, crc32 } from 'node:zlib';
import { address, ask, expect, picture, test, until } from './hands.mjs';

const chunk = (type, data) => {
  const content = Buffer.concat([Buffer.from(type), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([size, content, sum]);
};

/** A picture with a slope of colour; `noise` makes it large. */
export const png = (width, height, [red, green, blue], noise = false) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const raw = Buffer.alloc(height * (1 + width * 3));
  let seed = 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const light = 0.45 + (0.55 * (x + y)) / (width + height);
      raw.set(
        noise ? [seed & 255, (seed >> 8) & 255, (seed >> 16) & 255] : [red * light, green * light, blue * light],
        at,
      );
    }
  }
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const packed = deflateSync(raw, { level: noise ? 0 : 6 });
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]);
};

const file = (name, buffer) => ({ name, mimeType: 'image/png', buffer });

/** `page` is the owner's, with a channel on X. */
export const walkMedia = async ({ page, clean, word }) => {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const go = (path) => page.goto(`${address}${path}`);
  const close = async () => {
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  const items = page.locator('[data-medium]');

  await test(
    'pictures are put into the library, described, and found by their description',
    async () => {
      await clean(async () => {
        await go('/app/media');
        await page.getByText(/^Nothing here yet/).waitFor();
        await page
          .locator('input[type="file"]')
          .first()
          .setInputFiles([
            file('road.png', png(640, 480, [70, 120, 200])),
            file('rider.png', png(480, 600, [200, 120, 60])),
          ]);
        await button('Open road.png').waitFor();
        await button('Open rider.png').click();
        await dialog.getByLabel('Alt text').fill(`A rider in the rain ${word}`);
        await dialog.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved.').first().waitFor();
        await picture(page, 'medium');
        await close();
        await page.getByPlaceholder('Search names and alt texts').fill(`rain ${word}`);
        await until(async () => (await page.locator('[data-row]').count()) === 1, 'one is found');
        await button('Open rider.png').waitFor();
      });
    },
    page,
  );

  await test(
    'an upload whose line breaks goes on where it was, and one that is no picture is refused in words',
    async () => {
      await go('/app/media');
      await button('Open road.png').waitFor();
      let broken = 0;
      await page.route('**/media/uploads/*', async (route) => {
        if (route.request().method() !== 'PATCH' || broken > 0) return route.continue();
        broken += 1;
        return route.abort('connectionreset');
      });
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles(file('large.png', png(1_800, 1_800, [0, 0, 0], true)));
      await button('Open large.png').waitFor();
      expect(broken === 1, 'the line broke once');
      await page.unroute('**/media/uploads/*');
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles(file('fake.png', Buffer.from('no picture at all')));
      await page.locator('[data-upload="failed"]').getByRole('alert').waitFor();
      await button('Cancel fake.png').click();
      await until(async () => (await page.locator('[data-upload]').count()) === 0, 'it is gone');
    },
    page,
  );

  await test(
    'a post does not go out without the picture that could not be uploaded, and says so',
    async () => {
      await go('/app/posts/new');
      await page.getByText('Write a text first.').waitFor();
      await page.getByLabel('Text for all channels').fill(`Two pictures ${word}`);
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles(file('fake.png', Buffer.from('no picture at all')));
      await page.getByText('fake.png is not uploaded.').waitFor();
      expect(await button('Schedule').isDisabled(), 'it cannot be scheduled');
      await button('Cancel fake.png').click();
      await page.getByText('fake.png is not uploaded.').waitFor({ state: 'detached' });
      expect(await button('Schedule').isEnabled(), 'without it, it can');
    },
    page,
  );

  await test(
    'a post takes pictures by drop and from the library, in the order that was chosen, and goes out with them',
    async () => {
      await clean(async () => {
        await go('/app/posts/new');
        await page.getByLabel('Text for all channels').fill(`Two pictures ${word}`);
        await page.getByRole('checkbox', { name: /Website/ }).uncheck();
        const dropped = await page.evaluateHandle(
          ({ bytes, name }) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
            return data;
          },
          { bytes: [...png(320, 240, [90, 160, 90])], name: 'dropped.png' },
        );
        const zone = page.getByRole('region', { name: 'Pictures and films' }).locator('div').first();
        await zone.dispatchEvent('dragenter', { dataTransfer: dropped });
        await page.getByText('Drop pictures or a film here').waitFor();
        await zone.dispatchEvent('drop', { dataTransfer: dropped });
        await items.first().getByText('dropped.png').waitFor();
        await items.first().getByLabel('Alt text').fill('What was dropped');
        await button('From the library').click();
        await dialog.getByRole('button', { name: 'rider.png' }).click();
        await dialog.getByRole('button', { name: 'Add 1' }).click();
        await until(async () => (await items.count()) === 2, 'there are two');
        expect(
          (await items.nth(1).getByLabel('Alt text').inputValue()).startsWith('A rider in the rain'),
          'its description came with it',
        );
        await button('Move rider.png up').click();
        await items.first().getByText('rider.png').waitFor();
        await page.locator('[data-preview="x"]').locator('[data-pictures="2"]').waitFor();
        await page.getByText('X Halden takes it.').waitFor();
        await page.locator('[data-state="stand_in"]').first().waitFor();
        await picture(page, 'composer-media');
        await button('More ways').click();
        await page.getByRole('menuitem', { name: 'Publish now' }).click();
        await page.locator('h1 + [data-state]', { hasText: 'Published' }).waitFor();
        const { texts } = await ask('arrived');
        expect(texts.filter((each) => each === `Two pictures ${word}`).length === 1, 'X has it once');
      });
    },
    page,
  );

  await test(
    'what a post shows cannot be deleted and says by which, and what none shows can',
    async () => {
      await clean(async () => {
        await go('/app/media');
        await button('Open rider.png').click();
        await dialog.getByRole('link', { name: new RegExp(`Two pictures ${word}`) }).waitFor();
        expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled(), 'it cannot be deleted');
        await close();
        await button('Open large.png').click();
        await dialog.getByText('No post shows it.').waitFor();
        await dialog.getByRole('button', { name: 'Delete' }).click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
        await page.getByText('Deleted.', { exact: true }).waitFor();
        await until(async () => (await button('Open large.png').count()) === 0, 'it is gone');
      });
    },
    page,
  );
};
