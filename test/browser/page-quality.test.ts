import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser } from 'playwright-core';
import { type Client, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, startInstance } from './instance.ts';
import { openPageState, pageStates } from './pages.ts';
import { appearances, assertQuality, openWatchedPage } from './quality.ts';

let browser: Browser;
let latchkey: Latchkey;
let client: Client;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance();
  client = await registerClient(latchkey, { clientName: 'botocore-client-my-sso' });
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

for (const { name, options } of appearances) {
  test(`every page is accessible, fits and stands still: ${name}`, {
    skip: skipWithoutBrowser,
  }, async (t) => {
    const { page, takeComplaints } = await openWatchedPage(browser, {
      ...options,
      extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
    });
    for (const state of pageStates) {
      await t.test(state.name, async () => {
        await openPageState(state, page, { latchkey, client });
        assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
        await assertQuality(page, `${state.name}-${name}`, options);
      });
    }
    await page.context().close();
  });
}
