// Makes a picture of pages: node e2e/screens.mjs ADDRESS FOLDER [path…]; SIZES=1440,390 THEMES=light,dark.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { isRead, isStill, watchRequests } from './until.mjs';

const [address, folder, ...asked] = process.argv.slice(2);
const sizes = (process.env.SIZES ?? '1440,390').split(',').map(Number);
const themes = (process.env.THEMES ?? 'light,dark').split(',');
const email = process.env.EMAIL ?? 'owner@controlcenter.local';
const password = process.env.PASSWORD ?? 'devpassword123';
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const theme of themes) {
  for (const width of sizes) {
    const context = await browser.newContext({
      viewport: { width, height: width < 640 ? 844 : 900 },
      colorScheme: theme,
      isMobile: width < 640,
      hasTouch: width < 640,
    });
    const page = await context.newPage();
    const isAnswered = watchRequests(page);
    page.on(
      'console',
      (message) =>
        ['error', 'warning'].includes(message.type()) && console.log(`${theme} ${width} console: ${message.text()}`),
    );
    page.on('pageerror', (error) => console.log(`${theme} ${width} error: ${error.stack}`));
    await page.goto(`${address}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL('**/app');
    for (const path of asked) {
      await page.goto(`${address}${path}`); // the session is a cookie of this context
      await isRead(page);
      await isAnswered();
      await isStill(page);
      const name = path.replace(/^\/app\/?/, '').replace(/[^a-z0-9-]+/gi, '_') || 'overview';
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (sideways) console.log(`${theme} ${width} ${path}: scrolls sideways`);
      await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
    }
    await context.close();
  }
}
await browser.close();
