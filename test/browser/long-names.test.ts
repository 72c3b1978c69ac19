import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startWithCommands } from '../../packages/server/src/fixtures/start-with-commands.ts';
import { registerClient } from '../../packages/server/src/web/testing/client.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, manyAccounts, policyParts } from './instance.ts';
import { openPageState, type PageState, pageStates, type Visit } from './pages.ts';
import { screenshot } from './quality.ts';

let browser: Browser;

before(async () => {
  if (skipWithoutBrowser === false) browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
});

/** Names without a place to break, by script. */
const names: Readonly<Record<string, string>> = {
  latin: 'W'.repeat(100),
  hebrew: '\u05e9'.repeat(100),
  chinese: '\u9a57'.repeat(100),
  emoji: '\u{1f469}\u200d\u{1f680}'.repeat(20),
  'no-break spaces': 'Data\u00a0Platform\u00a0'.repeat(7).trim(),
};

const longUserName: PageState['user'] = 'w'.repeat(64);
const states: readonly PageState[] = [
  ...pageStates,
  { name: 'portal-user-name', user: longUserName, open: (page, { latchkey }) => page.goto(latchkey.url) },
];

/** What sticks out of the window on either side, but for what an element around it clips or scrolls. */
const findOverflow = `
  const isClipped = (element) => {
    for (let around = element.parentElement; around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') return true;
    }
    return false;
  };
  [...document.querySelectorAll('body *')]
    .filter((element) => !isClipped(element))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > innerWidth + 0.5 || left < -0.5;
    })
    .map((element) => element.outerHTML.slice(0, 200))`;

/** Where a name stands in text without being kept from reordering what is around it. */
const findUnisolated = (name: string) => `
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (data.includes(${JSON.stringify(name.slice(0, 10))}) && parentElement.closest('bdi, [dir=auto], pre') === null) {
      found.push(parentElement.outerHTML.slice(0, 200));
    }
  }
  found`;

async function assertFits(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(findOverflow), [], 'sticks out');
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, 'scrolls sideways');
}

for (const [script, name] of Object.entries(names)) {
  test(`no page scrolls sideways at 320 px, which is 1280 px at 400 %, with long names: ${script} (WCAG 1.4.10)`, {
    skip: skipWithoutBrowser,
  }, async (t) => {
    const many = manyAccounts((number) => `${number}${name}`);
    const ruled = policyParts(name);
    await using latchkey = await startWithCommands({
      users: [
        ...['alice', 'bob', longUserName].map((userName) => ({ userName, displayName: name })),
        ...ruled.users,
        ...many.users,
      ],
      groups: ruled.groups,
      accounts: [
        ...[1, 3, 4, 5].map((digit) => ({ id: `${digit}`.repeat(12), name: `${digit}${name}` })),
        ...many.accounts,
      ],
      permissionSets: [{ name: 'W'.repeat(32) }, { name: 'i'.repeat(32) }, ...many.permissionSets],
      assignments: [
        ...many.assignments,
        {
          users: ['alice', longUserName],
          accounts: [1, 3, 4, 5].map((digit) => `${digit}`.repeat(12)),
          permissionSets: ['W'.repeat(32), 'i'.repeat(32)],
        },
      ],
      settings: {
        policy: ruled.policy.filter((rule) => 'groups' in rule),
        limits: { passwordFailuresPerUser: 2, userCodeFailuresPerUser: 2 },
        trustedProxies: ['127.0.0.1', '::1'],
      },
    });
    const client = await registerClient(latchkey, {
      clientName: name,
      scopes: ['sso:account:access', 'w'.repeat(60)],
    });
    // One script is walked through in German, whose own words are long.
    const language = script === 'no-break spaces' ? 'de' : 'en';
    const visit: Visit = {
      latchkey,
      language,
      client,
      redirectUri: `https://${`${'w'.repeat(60)}.`.repeat(3)}example/callback`,
      userAgent: 'W'.repeat(200),
      stranger: name.slice(0, 64),
    };
    const context = await browser.newContext({
      viewport: { width: 320, height: 256 },
      locale: language,
      extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
    });
    const page = await context.newPage();
    for (const state of states) {
      await t.test(state.name, async () => {
        await openPageState(state, page, visit);
        await screenshot(page, `${script}-${state.name}`);
        await assertFits(page);
        if (script !== 'latin') assert.deepEqual(await page.evaluate(findUnisolated(name)), []);
      });
    }
    await context.close();
  });
}
