// A Chromium that is signed in to a Pulse: PULSE_ADDRESS, PULSE_EMAIL, PULSE_PASSWORD say where and as whom,
// PULSE_PROJECT of which project.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const address = process.env.PULSE_ADDRESS;

/** The context of a fresh profile, in which everything that knows the port of its debugger is signed in. */
export const signIn = async (more = []) => {
  const profile = mkdtempSync(join(tmpdir(), 'pulse-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...more],
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.addInitScript((id) => localStorage.setItem('pulse-project', id), process.env.PULSE_PROJECT ?? '');
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('E-mail').fill(process.env.PULSE_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(process.env.PULSE_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/app');
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, close };
};
