import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { typePassword } from '../../packages/server/src/web/testing/factors.ts';
import { readPasskeyForm } from '../../packages/server/src/web/testing/passkey-form.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { softWebauthn } from './harness/clients.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { SoftWebauthn } from './harness/soft-webauthn.ts';

const PASSWORD = 'correct horse';
const ELSEWHERE = 'https://latchkey.example';

/** An instance, its person Alice, and an authenticator of hers. */
async function start() {
  const stack = new AsyncDisposableStack();
  const latchkey = stack.use(await startLatchkey({ users: [{ userName: 'alice', password: PASSWORD }] }));
  const authenticator = stack.use(new SoftWebauthn());
  const owner = new PlainBrowser(latchkey);
  owner.setCookie((await latchkey.signIn('alice')).cookie);

  /** Registers the passkey. @returns the path that the browser is led to, or the status */
  const register = async ({ origin = latchkey.url, rpId = 'localhost' } = {}) => {
    const { options, fields } = readPasskeyForm(await owner.get('/me/security/passkey'));
    const passkey = await authenticator.create({ ...options, rp: { id: rpId, name: 'Latchkey' } }, origin);
    const answer = await owner.post('/me/security/passkey', { ...fields, name: 'Soft', passkey });
    return answer.location ?? answer.status;
  };
  /** Types the password, and uses the passkey after it. @returns the path that the browser is led to, or the status */
  const signIn = async ({
    origin = latchkey.url,
    rpId = 'localhost',
    signCount = undefined as number | undefined,
  } = {}) => {
    const browser = new PlainBrowser(latchkey);
    await typePassword(browser, { userName: 'alice', password: PASSWORD });
    const { options, fields } = readPasskeyForm(await browser.get('/sign-in/factor?to=%2Fme'));
    const passkey = await authenticator.get({ ...options, rpId }, origin, signCount);
    const answer = await browser.post('/sign-in/factor', { ...fields, passkey });
    return answer.location ?? answer.status;
  };
  return { latchkey, authenticator, register, signIn, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

suite('soft-webauthn, an authenticator of PyPI', { skip: await skipUnlessPrepared(softWebauthn) }, () => {
  test('registers a passkey, which is the second factor after a password, again and again', async () => {
    await using latchkey = await start();
    assert.equal(await latchkey.register(), '/me/security');
    assert.equal(await latchkey.signIn(), '/me');
    assert.equal(await latchkey.signIn(), '/me');
  });

  test('is refused for another origin and another relying party, at registration and at sign-in', async () => {
    await using latchkey = await start();
    assert.equal(await latchkey.register({ origin: ELSEWHERE }), 403);
    assert.equal(await latchkey.register({ rpId: 'latchkey.example' }), 403);
    assert.equal(await latchkey.register(), '/me/security');
    assert.equal(await latchkey.signIn({ origin: ELSEWHERE }), 403);
    assert.equal(await latchkey.signIn({ rpId: 'latchkey.example' }), 403);
    assert.equal(await latchkey.signIn(), '/me');
  });

  test('is refused as a copy once its counter goes back, and taken again when it has gone on', async () => {
    await using latchkey = await start();
    assert.equal(await latchkey.register(), '/me/security');
    assert.equal(await latchkey.signIn({ signCount: 7 }), '/me');
    assert.equal(await latchkey.signIn({ signCount: 7 }), 403);
    assert.equal(await latchkey.signIn({ signCount: 3 }), 403);
    assert.equal(await latchkey.signIn({ signCount: 8 }), '/me');
  });

  test('signs nobody in alone, as it verifies no user', async () => {
    await using started = await start();
    const { latchkey, authenticator } = started;
    assert.equal(await started.register(), '/me/security');
    const browser = new PlainBrowser(latchkey);
    const { options, fields } = readPasskeyForm(await browser.get('/sign-in?to=%2Fme'));
    const passkey = await authenticator.get(options, latchkey.url);
    assert.equal((await browser.post('/sign-in', { ...fields, passkey })).status, 403);
  });
});
