import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { startInstance } from './instance.ts';
import { watchLayoutShifts } from './quality.ts';
import { startSlowLine } from './slow-line.ts';

let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance();
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

/** Notes whether the page is there to its end when its first frame is painted. */
const watchFirstFrame = `requestAnimationFrame(() => {
  globalThis.isPaintedWhole = document.getElementById('page-end') !== null;
});`;

for (const target of ['/sign-in', '/nowhere']) {
  test(`a page for people is painted when it is there to its end, so that nothing in it moves: ${target}`, {
    skip: skipWithoutBrowser,
  }, async () => {
    const cuts = [/<main/, /<h1/, /(?<=<\/h1>)/, /<footer/];
    await using slowLine = await startSlowLine(latchkey.url, cuts);
    const context = await browser.newContext({ viewport: { width: 320, height: 740 } });
    await context.addInitScript(watchLayoutShifts);
    await context.addInitScript(watchFirstFrame);
    const page = await context.newPage();
    await page.goto(slowLine.url + target, { waitUntil: 'commit' });
    const lengthOfBody = () => page.evaluate<number>('document.body?.innerHTML.length ?? 0');
    for (let piece = 0, before = 0; piece <= cuts.length; piece += 1) {
      while ((await lengthOfBody()) <= before);
      before = await lengthOfBody();
      slowLine.sendNext();
    }
    await page.waitForLoadState();
    await page.waitForFunction('globalThis.isPaintedWhole !== undefined');
    assert.deepEqual(await page.evaluate('({ isPaintedWhole, layoutShifts })'), {
      isPaintedWhole: true,
      layoutShifts: [],
    });
    await context.close();
  });
}
