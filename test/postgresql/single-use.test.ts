import assert from 'node:assert/strict';
import type { Instance } from '../../packages/server/src/http/testing/api.ts';
import { type App, scanKey, typePassword } from '../../packages/server/src/web/testing/factors.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { PASSWORD, testStand } from './harness/stand.ts';

const RACES = 4;
/** Of the next step: apps are confirmed by the code of the present one. */
const NEXT_STEP_SECONDS = 30;
// The servers are processes of their own, and compare codes with the time of the machine
const clock = { now: () => Date.now() };

function open({ url }: Instance): PlainBrowser {
  return new PlainBrowser({ url, clock });
}

/** A browser in which the password was right. @returns the answer to a code that is typed there */
async function afterPassword(server: Instance) {
  const browser = open(server);
  await typePassword(browser, { userName: 'alice', password: PASSWORD });
  const { hidden } = await browser.get('/sign-in/factor?to=%2F');
  const type = (fields: Readonly<Record<string, string>>) =>
    browser.post('/sign-in/factor', { ...hidden, ...fields });
  return { browser, type };
}

async function addApp(browser: PlainBrowser): Promise<App> {
  const { text, hidden } = await browser.get('/me/security/totp');
  const app = scanKey({ clock }, text);
  const added = await browser.post('/me/security/totp', { ...hidden, name: 'App', code: app.code() });
  assert.equal(added.location, '/me/security', added.text);
  return app;
}

testStand('two servers that are shown one code at once take it once', async (stand) => {
  await stand.init();
  const servers = [await stand.serve('one'), await stand.serve('two')] as const;
  const first = open(servers[0]);
  await typePassword(first, { userName: 'alice', password: PASSWORD });
  const app = await addApp(first);
  const owner = await afterPassword(servers[0]);
  assert.equal((await owner.type({ code: app.code(NEXT_STEP_SECONDS) })).status, 303);
  const made = await owner.browser.get('/me/security/recovery-codes');
  const { text } = await owner.browser.post('/me/security/recovery-codes', made.hidden);
  const recoveryCodes = Array.from(text.matchAll(/<li><code>([^<]+)<\/code>/g), ([, code = '']) => code);
  const apps = await Promise.all(Array.from({ length: RACES }, () => addApp(owner.browser)));
  const shown = [
    ...recoveryCodes.slice(0, RACES).map((code) => () => ({ recovery_code: code })),
    ...apps.map((each) => () => ({ code: each.code(NEXT_STEP_SECONDS) })),
  ];
  assert.equal(shown.length, 2 * RACES);
  for (const show of shown) {
    const browsers = await Promise.all(servers.map(afterPassword));
    const fields = show();
    const answers = await Promise.all(browsers.map(({ type }) => type(fields)));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 403], `${Object.keys(fields)}`);
  }
  await Promise.all(servers.map((server) => server.stop()));
});
