// Starting Chromium with nothing of this process's environment.
import { chromium } from 'playwright-core';
import { flags } from './egress.mjs';
import { Failure } from './failure.mjs';

/** `port`: of the gate, which is its only way out. */
export const launch = (order, port) =>
  chromium
    .launchPersistentContext(order.folder, {
      executablePath: order.browser,
      headless: true,
      chromiumSandbox: order.sandboxed,
      args: flags(order.base_url),
      proxy: { server: `http://127.0.0.1:${port}` },
      // Its temporary files go with its profile; nothing of this process's environment is its business.
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: order.folder, TMPDIR: order.folder },
      serviceWorkers: 'block',
      acceptDownloads: false,
      timeout: order.page_ms,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    .catch(() => {
      throw new Failure('no_browser');
    });
