import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, Page } from 'playwright-core';
import { largeModel } from '../../packages/server/src/typed-clients/testing/large-model.ts';
import { startWithModels } from '../../packages/server/src/typed-clients/testing/pages.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import {
  appearances,
  assertAccessible,
  assertNamesWhole,
  assertQuality,
  watchComplaints,
  watchLayoutShifts,
} from './quality.ts';
import { startSlowLine } from './slow-line.ts';

/** A page of each kind, by the name of its picture. */
const pages: Readonly<Record<string, string>> = {
  home: '/v0.4/docs',
  services: '/v0.4/services',
  'source-of-many': '/v0.4/services/large.ts?docs=full&lines=4001-4100',
  'module-options': '/v0.4/services/ssooidc?actions=CreateToken&lines=1-100',
  'runtime-source': '/v0.4/client/call-options.ts',
  'module-source': '/v0.4/services/ssooidc.ts?docs=full&lines=1-100#L12',
  overview: '/v0.4/docs/ssooidc',
  'overview-of-many': '/v0.4/docs/large',
  list: '/v0.4/docs/large/all-errors',
  client: '/v0.4/docs/ssooidc/SSOOIDC',
  operation: '/v0.4/docs/ssooidc/SSOOIDC.createToken',
  'operation-paginated': '/v0.4/docs/sso/SSO.listAccounts',
  'operation-waiter': '/v0.4/docs/weatherreports/WEATHERReports.getCity',
  'operation-deprecated': '/v0.4/docs/weatherreports/WEATHERReports.listStations',
  wire: '/v0.4/docs/ssooidc/SSOOIDC.createToken/wire',
  'wire-events': '/v0.4/docs/weatherreports/WEATHERReports.watchWeather/wire',
  'wire-query': '/v0.4/docs/sts/STS.getCallerIdentity/wire',
  'wire-of-many': '/v0.4/docs/large/Large.describeResourceConfigurationOfKind7/wire',
  interface: '/v0.4/docs/ssooidc/CreateTokenRequest',
  'interface-member': '/v0.4/docs/ssooidc/CreateTokenRequest#scope',
  error: '/v0.4/docs/ssooidc/SlowDownException',
  enum: '/v0.4/docs/ssooidc/InvalidRequestExceptionReason',
  'operation-of-many': '/v0.4/docs/large/Large.describeResourceConfigurationOfKind200',
  union: '/v0.4/docs/weatherreports/Rule',
  events: '/v0.4/docs/weatherreports/WeatherEvents',
  'error-union': '/v0.4/docs/ssooidc/CreateTokenError',
  'runtime-overview': '/v0.4/docs/client',
  'runtime-class': '/v0.4/docs/client/ApiFactory',
  'runtime-function': '/v0.4/docs/client/presignedUrl',
  'runtime-values': '/v0.4/docs/client/ClientErrorCode',
  search: '/v0.4/search?q=token',
  'search-none': '/v0.4/search?q=zeppelin',
  'symbol-unknown': '/v0.4/docs/ssooidc/CreateTokenReqest',
};

let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startWithModels({ large: largeModel });
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

for (const { name, options } of appearances) {
  test(`every page about typed clients is accessible, fits and stands still: ${name}`, {
    skip: skipWithoutBrowser,
  }, async (t) => {
    const context = await browser.newContext(options);
    await context.addInitScript(watchLayoutShifts);
    const page = await context.newPage();
    const takeComplaints = watchComplaints(page);
    for (const [kind, target] of Object.entries(pages)) {
      await t.test(kind, async () => {
        await page.goto(latchkey.url + target);
        assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
        await assertQuality(page, `${kind}-${name}`, options);
      });
    }
    await t.test('with its contents open', async () => {
      await page.goto(`${latchkey.url}/v0.4/docs/ssooidc/CreateTokenRequest`);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await assertAccessible(page);
    });
    await context.close();
  });
}

/** Pieces of a page that a browser paints: before its main part, its heading, and what follows that. */
const CUTS = [/<main/, /<h1/, /(?<=<\/h1>)/];

for (const { name, options } of appearances) {
  test(`no page about typed clients moves while it arrives in pieces: ${name}`, {
    skip: skipWithoutBrowser,
  }, async (t) => {
    await using slowLine = await startSlowLine(latchkey.url, CUTS);
    const context = await browser.newContext(options);
    await context.addInitScript(watchLayoutShifts);
    const page = await context.newPage();
    for (const [kind, target] of Object.entries(pages)) {
      await t.test(kind, async () => {
        const loaded = page.goto(slowLine.url + target, { waitUntil: 'commit' });
        await loaded;
        for (let piece = 0; piece <= CUTS.length; piece += 1) {
          await page.evaluate(
            'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
          );
          slowLine.sendNext();
        }
        await page.waitForLoadState();
        assert.deepEqual(await page.evaluate('layoutShifts'), [], 'layout shift');
      });
    }
    await context.close();
  });
}

async function openPage(target: string, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 860 } });
  await page.goto(latchkey.url + target);
  return page;
}

/** What has the keyboard. */
function focused(page: Page): Promise<string> {
  return page.evaluate('(document.activeElement.textContent || document.activeElement.name || "").trim()');
}

test('code that somebody selects and copies is the code alone, without the places where it may wrap', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/SSOOIDC.startDeviceAuthorization', 320);
  assert.ok((await page.locator('main pre > code wbr').count()) > 0);
  const differing = `[...document.querySelectorAll('main pre > code')].filter((code) => {
    getSelection().selectAllChildren(code);
    return String(getSelection()).trim() !== code.textContent.trim();
  }).map((code) => code.textContent)`;
  assert.deepEqual(await page.evaluate(differing), []);
  await page.close();
});

test('no type of a signature and no address that fits into a line is broken at 720 px, the width of a tablet', {
  skip: skipWithoutBrowser,
}, async (t) => {
  const page = await openPage('/v0.4/docs', 720);
  for (const [kind, target] of Object.entries(pages)) {
    await t.test(kind, async () => {
      await page.goto(latchkey.url + target);
      await assertNamesWhole(page);
    });
  }
  await page.close();
});

test('the keyboard skips the contents, and goes to the search by “/”', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/CreateTokenRequest', 1280);
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Skip to the page itself');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Services');
  await page.keyboard.press('/');
  assert.equal(await focused(page), 'q');
  await page.keyboard.type('verifier');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'CreateTokenRequest.codeVerifier' }).click();
  assert.equal(page.url(), `${latchkey.url}/v0.4/docs/ssooidc/CreateTokenRequest#codeVerifier`);
  await page.close();
});

test('on a phone the contents are behind one line, which the keyboard opens', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/CreateTokenRequest', 360);
  const contents = page.getByRole('navigation', { name: 'Contents of SSOOIDC' });
  const current = contents.getByRole('link', { name: 'CreateTokenRequest', exact: true });
  assert.equal(await current.isVisible(), false);
  await contents.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  assert.equal(await current.isVisible(), true);
  assert.equal(await current.getAttribute('aria-current'), 'page');
  const box = await contents.boundingBox();
  assert.ok(box !== null && box.height <= 860, 'they are no longer than the window');
  await page.close();
});

test('on a desktop the contents stay beside the page, and the keyboard reaches them', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/SSOOIDC.createToken', 1280);
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  const link = page.getByRole('link', { name: 'registerClient', exact: true });
  await link.focus();
  const box = await link.boundingBox();
  assert.ok(box !== null && box.y >= 0 && box.y < 860 && box.x < 300, JSON.stringify(box));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'registerClient' }).waitFor();
  await page.close();
});

test('the current entry of long contents is in sight, and the places of the page are beside it', {
  skip: skipWithoutBrowser,
}, async () => {
  const name = 'describeResourceConfigurationOfKind200';
  const page = await openPage(`/v0.4/docs/large/Large.${name}`, 1440);
  const box = await page.locator('.contents [aria-current]').boundingBox();
  assert.ok(box !== null && box.y > 0 && box.y + box.height < 860, JSON.stringify(box));
  const places = page.getByRole('navigation', { name: 'On this page' });
  await places.getByRole('link', { name: 'On the wire' }).click();
  assert.match(page.url(), /#on-the-wire$/);
  const list = await places.boundingBox();
  assert.ok(list !== null && list.y >= 0 && list.x > 1100, JSON.stringify(list));
  await assertAccessible(page);
  await page.close();
});

test('the filter of the contents finds any name of the service, and gives the contents back', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/large/Large.describeResourceConfigurationOfKind200', 1440);
  const contents = page.getByRole('navigation', { name: 'Contents of Large' });
  const filter = contents.getByRole('searchbox', { name: 'Filter the contents' });
  await filter.fill('ratherlong1234');
  await contents.getByRole('link', { name: 'ConfigurationOfSomethingRatherLong1234' }).waitFor();
  assert.equal(await contents.getByRole('link').count(), 1);
  await assertAccessible(page);
  await filter.fill('');
  await contents.locator('[aria-current]').waitFor();
  await page.close();
});

test('the keyboard finds a symbol of a long source by its name', { skip: skipWithoutBrowser }, async () => {
  const page = await openPage('/v0.4/services/large.ts?docs=full', 1280);
  await page.getByRole('textbox', { name: 'Symbol' }).focus();
  await page.keyboard.type('ConfigurationOfSomethingRatherLong1400');
  await page.keyboard.press('Enter');
  await page.waitForURL(/&lines=\d+-\d+#L\d+$/);
  const line = page.locator(':target');
  assert.match((await line.textContent()) ?? '', /interface ConfigurationOfSomethingRatherLong1400/);
  const box = await line.boundingBox();
  assert.ok(box !== null && box.y >= 0 && box.y < 860, 'it is in sight');
  await page.close();
});

test('on paper a page has no navigation, nothing folded, and code that wraps', {
  skip: skipWithoutBrowser,
}, async () => {
  for (const target of [
    '/v0.4/docs/large/Large.describeResourceConfigurationOfKind7',
    '/v0.4/services/large.ts?docs=full',
  ]) {
    const page = await openPage(target, 720);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation').filter({ visible: true }).count(), 0, target);
    assert.equal(await page.locator('header, .copy, summary').filter({ visible: true }).count(), 0, target);
    const isCut =
      '[...document.querySelectorAll("main pre")].some((code) => code.scrollWidth > code.clientWidth)';
    assert.equal(await page.evaluate(isCut), false, target);
    const folded = page.locator('main details p');
    if ((await folded.count()) > 0) assert.ok(await folded.first().isVisible(), target);
    await page.close();
  }
});

test('a page has its parts where a screen reader looks for them', { skip: skipWithoutBrowser }, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/CreateTokenRequest', 1280);
  for (const [role, name] of [
    ['main', undefined],
    ['search', undefined],
    ['navigation', 'Contents of SSOOIDC'],
    ['heading', 'CreateTokenRequest'],
  ] as const) {
    assert.equal(await page.getByRole(role, { ...(name && { name, exact: true }) }).count(), 1, role);
  }
  await page.close();
});

test('the link to the source of a property leads to its line, which stands out', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/CreateTokenRequest', 1280);
  await page.getByRole('link', { name: '[src] of CreateTokenRequest.codeVerifier' }).click();
  await page.waitForURL(/docs=full#L\d+$/);
  const line = page.locator(':target');
  assert.match((await line.textContent()) ?? '', /codeVerifier\?: string \| null;/);
  const box = await line.boundingBox();
  assert.ok(box !== null && box.y >= 0 && box.y < 860, 'it is in sight');
  await page.close();
});

test('“?” lists the keys, Escape closes the list, and single keys can be turned off there', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/weatherreports/WEATHERReports.getCity', 1280);
  const list = page.getByRole('dialog', { name: 'Keys' });
  await page.keyboard.press('?');
  await list.waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await list.getByLabel('Use single keys').uncheck();
  await list.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await page.keyboard.press('f');
  assert.equal(await list.count(), 0);
  assert.equal(
    await page.getByRole('searchbox', { name: 'Filter the contents' }).and(page.locator(':focus')).count(),
    0,
  );
  await page.close();
});

test('a button and the keys “+” and “-” unfold and fold everything on a page', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/large/Large.describeResourceConfigurationOfKind3', 1280);
  const folds = page.locator('main details');
  const open = () => folds.and(page.locator('[open]')).count();
  const count = await folds.count();
  assert.ok(count >= 2 && (await open()) === 0, `${count} folds`);
  await page.getByRole('button', { name: 'Unfold all' }).click();
  assert.equal(await open(), count);
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Fold all' }).click();
  assert.equal(await open(), 0);
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('+');
  assert.equal(await open(), count);
  await page.keyboard.press('-');
  assert.equal(await open(), 0);
  await page.close();
});

test('the list of the places of a page marks the place that is read', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage('/v0.4/docs/ssooidc/SSOOIDC.createToken', 1440);
  const marked = page.locator('.on-page [aria-current="location"]');
  for (const name of ['Result', 'Errors', 'Elsewhere', 'Signature']) {
    await page
      .locator('main h2')
      .filter({ hasText: name })
      .first()
      .evaluate((each) => each.scrollIntoView());
    await marked.filter({ hasText: name }).waitFor();
    assert.equal(await marked.count(), 1);
  }
  await assertAccessible(page);
  await page.close();
});
