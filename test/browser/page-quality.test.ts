import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Client, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, startInstance } from './instance.ts';
import { openPageState, pageStates } from './pages.ts';

/** A folder; every page is then pictured there. */
const screenshots = process.env['SCREENSHOTS'];
const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const watchLayoutShifts = `
  globalThis.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });`;

const appearances: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: 'light-phone', options: { colorScheme: 'light', viewport: { width: 360, height: 740 } } },
  { name: 'dark-phone', options: { colorScheme: 'dark', viewport: { width: 360, height: 740 } } },
  { name: 'light-desktop', options: { colorScheme: 'light', viewport: { width: 1280, height: 860 } } },
  { name: 'dark-desktop', options: { colorScheme: 'dark', viewport: { width: 1280, height: 860 } } },
];

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
    const context = await browser.newContext({
      ...options,
      extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
    });
    await context.addInitScript(watchLayoutShifts);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text()); // a page with status 4xx
    });
    for (const state of pageStates) {
      await t.test(state.name, async () => {
        await openPageState(state, page, { latchkey, client });
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
          false,
          'it scrolls sideways',
        );
        assert.equal(await page.evaluate('layoutShift'), 0, 'layout shift');
        assert.deepEqual(complaints, [], 'what the browser complains of');
        if (screenshots !== undefined) {
          await page.screenshot({ path: join(screenshots, `${state.name}-${name}.png`), fullPage: true });
        }
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        assert.deepEqual(
          violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
          ),
          [],
        );
      });
    }
    await context.close();
  });
}
