import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CommandedLatchkey } from '../../packages/server/src/fixtures/start-with-commands.ts';
import type { LanguageTag } from '../../packages/server/src/language-tags.ts';
import { type Client, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { findEnglish, pageTexts } from '../../packages/server/src/web/testing/page-texts.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, startInstance } from './instance.ts';
import { openPageState, pageStates } from './pages.ts';
import { appearances, assertQuality, openWatchedPage } from './quality.ts';

let browser: Browser;
let latchkey: CommandedLatchkey;
let client: Client;

/** What each page says, by its state and language. */
const texts = new Map<string, readonly string[]>();
const keyOf = (state: string, language: LanguageTag) => `${state} ${language}`;
/** Words that both languages have. */
const sameWords = ['Code', 'XXXX-XXXX'];

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

for (const { name, language, options } of appearances) {
  test(`every page is accessible, fits and stands still: ${name}`, {
    skip: skipWithoutBrowser,
  }, async (t) => {
    const { page, takeComplaints } = await openWatchedPage(browser, {
      ...options,
      extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
    });
    for (const state of pageStates) {
      await t.test(state.name, async () => {
        await openPageState(state, page, { latchkey, client, language });
        assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
        const content = await page.content();
        texts.set(keyOf(state.name, language), pageTexts(content));
        assert.match(content, new RegExp(`<html lang="${language}" dir="ltr">`));
        if (language !== 'en') assert.deepEqual(findEnglish(content), []);
        await assertQuality(page, `${state.name}-${name}`, options);
      });
    }
    await page.context().close();
  });
}

for (const { name } of pageStates) {
  test(`no label or sentence is the same in English and in German: ${name}`, {
    skip: skipWithoutBrowser,
  }, () => {
    const [inEnglish = [], inGerman = []] = (['en', 'de'] as const).map((tag) => texts.get(keyOf(name, tag)));
    assert.ok(inEnglish.length > 5 && inGerman.length > 5, 'the page was walked through in both');
    assert.deepEqual(
      inGerman.filter((text) => inEnglish.includes(text) && !sameWords.includes(text)),
      [],
    );
  });
}
