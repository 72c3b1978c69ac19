import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, Page } from 'playwright-core';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { follow, launchBrowser, signInOnPage, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { PASSWORD, signIn, startInstance } from './instance.ts';
import { type AuthenticatorKind, forgeAnswer, VirtualAuthenticator } from './virtual-authenticator.ts';

let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
});
after(() => browser?.close());

/**
 * A window of a new browser at a new instance, with an authenticator. As that answers at once, the browser offers no passkeys in the
 * field for the user name unless asked to.
 */
async function openWindow(kind: AuthenticatorKind & { readonly isConditional?: boolean } = {}) {
  const stack = new AsyncDisposableStack();
  latchkey = stack.use(await startInstance());
  const context = await browser.newContext();
  stack.defer(() => context.close());
  if (kind.isConditional !== true) {
    await context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
  }
  const page = await context.newPage();
  const authenticator = await VirtualAuthenticator.plugIn(page, kind);
  return { page, authenticator, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Registers a passkey for Alice, and signs her out. */
async function register(page: Page, name = 'Laptop'): Promise<void> {
  await signIn(latchkey, page.context(), 'alice');
  await page.goto(`${latchkey.url}/me/security/passkey`);
  await page.getByLabel('Name').fill(name);
  await follow(page, page.getByRole('button', { name: 'Create the passkey' }));
  assert.equal(new URL(page.url()).pathname, '/me/security');
  await page.getByText(name, { exact: true }).waitFor();
  await page.context().clearCookies();
}

async function typePassword(page: Page): Promise<void> {
  await page.goto(`${latchkey.url}/sign-in`);
  await signInOnPage(page, PASSWORD);
}

async function signInByButton(page: Page): Promise<void> {
  await page.goto(`${latchkey.url}/sign-in`);
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
}

const isSignedIn = (page: Page) => page.getByRole('heading', { name: 'Your accounts' }).waitFor();

/** What the form for a passkey asks the authenticator, and what it is sent with. */
async function readForm(page: Page) {
  const form = page.locator('form[data-passkey]');
  const options = JSON.parse((await form.getAttribute('data-options')) ?? '{}') as { challenge: string };
  const token = await form.locator('[name=form_token]').getAttribute('value');
  return { ...options, token: token ?? '' };
}

/** Sends an answer for the form that is open, from the same browser. */
async function send(page: Page, path: string, fields: Readonly<Record<string, string>>): Promise<number> {
  const response = await page.request.post(latchkey.url + path, { form: fields, maxRedirects: 0 });
  return response.status();
}

describe('a passkey that names and verifies its user', { skip: skipWithoutBrowser }, () => {
  test('signs in without a name and a password, by the button', async () => {
    await using window = await openWindow();
    const { page } = window;
    await register(page);
    await signInByButton(page);
    await isSignedIn(page);
    await page.goto(`${latchkey.url}/me/security`);
    await page.getByText('Last used').waitFor();
    await page.goto(`${latchkey.url}/me/security/totp`);
    assert.equal(new URL(page.url()).pathname, '/me/security/totp', 'it is as good as two factors');
  });

  test('signs in by the field for the user name (conditional mediation)', async () => {
    await using window = await openWindow({ isConditional: true });
    const { page } = window;
    await register(page);
    await page.goto(`${latchkey.url}/sign-in`);
    await isSignedIn(page);
  });

  test('is the second factor after a password', async () => {
    await using window = await openWindow();
    const { page } = window;
    await register(page);
    await typePassword(page);
    assert.equal(new URL(page.url()).pathname, '/sign-in/factor');
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await isSignedIn(page);
  });

  test('is refused as a copy once its counter goes back', async () => {
    await using window = await openWindow();
    const { page, authenticator } = window;
    await register(page);
    const before = await authenticator.credential();
    await signInByButton(page);
    await isSignedIn(page);
    await page.context().clearCookies();
    await authenticator.put(before);
    await signInByButton(page);
    await page.getByText('That passkey did not sign you in').waitFor();
  });

  test('is registered once', async () => {
    await using window = await openWindow();
    const { page } = window;
    await register(page);
    const { cookie } = await latchkey.signIn('alice', { factors: ['verifiedPasskey'] });
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url: latchkey.url }]);
    await page.goto(`${latchkey.url}/me/security/passkey`);
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByText('No passkey was made').waitFor();
  });

  test('signs in with each challenge once, for its own origin and relying party', async () => {
    await using window = await openWindow();
    const { page, authenticator } = window;
    await register(page);
    await page.goto(`${latchkey.url}/sign-in`);
    const credential = await authenticator.credential();
    const { challenge, token } = await readForm(page);
    const given = { challenge, origin: latchkey.url, rpId: 'localhost' };
    const answerWith = (change: Partial<typeof given>, count = credential.signCount) =>
      send(page, '/sign-in', {
        form_token: token,
        to: '/',
        passkey: forgeAnswer({ ...credential, signCount: count }, { ...given, ...change }),
      });
    assert.equal(await answerWith({ origin: 'https://latchkey.example' }), 403, 'another origin');
    assert.equal(await answerWith({ origin: latchkey.url.replace(/\d+$/, '1') }), 403, 'another port');
    assert.equal(await answerWith({ rpId: 'example.com' }), 403, 'another relying party');
    const other = await new PlainBrowser(latchkey).get('/sign-in');
    const [, foreign = ''] = /challenge&quot;:&quot;([\w-]+)/.exec(other.text) ?? [];
    assert.equal(await answerWith({ challenge: foreign }), 403, 'a challenge of another browser');
    assert.equal(await answerWith({}), 303);
    assert.equal(await answerWith({}, credential.signCount + 5), 403, 'the same challenge again');
  });
});

describe('a security key that neither names nor verifies its user', { skip: skipWithoutBrowser }, () => {
  const kind = { isResident: false, verifiesUser: false };

  test('is the second factor after a password', async () => {
    await using window = await openWindow(kind);
    const { page } = window;
    await register(page, 'Security key');
    await typePassword(page);
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await isSignedIn(page);
  });

  test('signs nobody in alone', async () => {
    await using window = await openWindow(kind);
    const { page, authenticator } = window;
    await register(page, 'Security key');
    await page.goto(`${latchkey.url}/sign-in`);
    const credential = await authenticator.credential();
    const { challenge, token } = await readForm(page);
    const given = { challenge, origin: latchkey.url, rpId: 'localhost' };
    const named = forgeAnswer(credential, { ...given, isVerified: false });
    assert.equal(await send(page, '/sign-in', { form_token: token, to: '/', passkey: named }), 403);
    await page.reload();
    const fresh = await readForm(page);
    const verified = forgeAnswer(
      { ...credential, userHandle: '', signCount: credential.signCount + 1 },
      { ...given, ...fresh },
    );
    assert.equal(await send(page, '/sign-in', { form_token: fresh.token, to: '/', passkey: verified }), 403);
  });
});

describe('a security key that verifies its user, and does not name them', {
  skip: skipWithoutBrowser,
}, () => {
  test('is the second factor after a password, and no only one', async () => {
    await using window = await openWindow({ isResident: false });
    const { page, authenticator } = window;
    await register(page, 'Security key');
    await typePassword(page);
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await isSignedIn(page);
    await page.context().clearCookies();
    await page.goto(`${latchkey.url}/sign-in`);
    const { challenge, token } = await readForm(page);
    const credential = await authenticator.credential();
    assert.equal(credential.isResidentCredential, false);
    const nameless = { ...credential, userHandle: '' };
    const passkey = forgeAnswer(nameless, { challenge, origin: latchkey.url, rpId: 'localhost' });
    assert.equal(await send(page, '/sign-in', { form_token: token, to: '/', passkey }), 403);
  });
});

describe('a passkey that names its user, and did not verify them', { skip: skipWithoutBrowser }, () => {
  test('is refused as the only factor, and taken as the second', async () => {
    await using window = await openWindow({ verifiesUser: false });
    const { page, authenticator } = window;
    await register(page);
    await typePassword(page);
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await isSignedIn(page);
    await page.context().clearCookies();
    await page.goto(`${latchkey.url}/sign-in`);
    const { challenge, token } = await readForm(page);
    const given = { challenge, origin: latchkey.url, rpId: 'localhost', isVerified: false };
    const passkey = forgeAnswer(await authenticator.credential(), given);
    assert.equal(await send(page, '/sign-in', { form_token: token, to: '/', passkey }), 403);
  });
});

test('without script the page for the second factor says what else there is', {
  skip: skipWithoutBrowser,
}, async () => {
  await using window = await openWindow();
  await register(window.page);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/sign-in`);
  assert.equal(await page.getByRole('button').filter({ hasText: 'passkey' }).count(), 0);
  await signInOnPage(page, PASSWORD);
  await page.getByText('A recovery code works without it.').waitFor();
  await context.close();
});
