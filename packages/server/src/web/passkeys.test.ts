import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { typePassword } from './testing/factors.ts';
import { type PasskeyForm, readPasskeyForm } from './testing/passkey-form.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { type Ceremony, SoftAuthenticator } from './testing/soft-authenticator.ts';

// Answers that no browser sends, and an authenticator could. With a browser: test/browser/passkeys.test.ts.

const PASSWORD = 'correct horse';
let latchkey: Latchkey;

beforeEach(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'mallory'].map((userName) => ({ userName, password: PASSWORD })),
    settings: { limits: { passwordFailuresPerAddress: 1000 } },
  });
});
afterEach(() => latchkey.close());

function ceremony(challenge: string, change: Partial<Ceremony> = {}): Ceremony {
  return { challenge, origin: latchkey.url, rpId: 'localhost', ...change };
}

async function signedIn(userName: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  browser.setCookie((await latchkey.signIn(userName, { factors: ['verifiedPasskey'] })).cookie);
  return browser;
}

/** A passkey of somebody, and the user id that it brings along. */
async function register(userName: string) {
  const authenticator = new SoftAuthenticator();
  const browser = await signedIn(userName);
  const { options, fields } = readPasskeyForm(await browser.get('/me/security/passkey'));
  const passkey = authenticator.register(ceremony(options.challenge));
  const done = await browser.post('/me/security/passkey', { ...fields, name: 'Key', passkey });
  assert.equal(done.location, '/me/security', done.text);
  return { authenticator, userHandle: userIdIn(options) };
}

function userIdIn({ user }: PasskeyForm['options']): string {
  return Buffer.from((user as { readonly id: string }).id, 'base64url').toString();
}

/** A browser with the sign-in page open, what its passkey form asks for, and how it sends an answer. */
async function openSignIn() {
  const browser = new PlainBrowser(latchkey);
  const { options, fields } = readPasskeyForm(await browser.get('/sign-in'));
  const { challenge } = options;
  const send = async (passkey: string) =>
    (await browser.post('/sign-in', { ...fields, to: '/', passkey })).status;
  return { challenge, send };
}

test('a passkey is registered for its own origin and relying party, and for a challenge of its session', async () => {
  const browser = await signedIn('alice');
  const { options, fields } = readPasskeyForm(await browser.get('/me/security/passkey'));
  const { challenge } = options;
  const other = readPasskeyForm(await (await signedIn('alice')).get('/me/security/passkey'));
  const send = async (asked: Ceremony) => {
    const passkey = new SoftAuthenticator().register(asked);
    return (await browser.post('/me/security/passkey', { ...fields, name: 'Key', passkey })).status;
  };
  assert.equal(
    await send(ceremony(challenge, { origin: 'https://latchkey.example' })),
    403,
    'another origin',
  );
  const otherPort = latchkey.url.replace(/\d+$/, '1');
  assert.equal(await send(ceremony(challenge, { origin: otherPort })), 403, 'another port');
  assert.equal(await send(ceremony(challenge, { rpId: 'example.com' })), 403, 'another relying party');
  assert.equal(await send(ceremony(other.options.challenge)), 403, 'a challenge of another session');
  const signIn = await openSignIn();
  assert.equal(await send(ceremony(signIn.challenge)), 403, 'a challenge of the sign-in page');
  latchkey.clock.advance({ minutes: 15 });
  assert.equal(await send(ceremony(challenge)), 403, 'a challenge of a while ago');
  const fresh = readPasskeyForm(await browser.get('/me/security/passkey'));
  assert.equal(await send(ceremony(fresh.options.challenge)), 303);
});

test('a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises', async () => {
  const { authenticator, userHandle } = await register('alice');
  const { challenge, send } = await openSignIn();
  const answer = (change: Partial<Ceremony> = {}) =>
    send(authenticator.answer(ceremony(challenge, change), { userHandle }));
  assert.equal(await answer({ origin: 'https://latchkey.example' }), 403, 'another origin');
  assert.equal(await answer({ origin: latchkey.url.replace(/\d+$/, '1') }), 403, 'another port');
  assert.equal(await answer({ rpId: 'example.com' }), 403, 'another relying party');
  assert.equal(await answer({ challenge: (await openSignIn()).challenge }), 403, 'of another browser');
  const before = authenticator.signCount;
  assert.equal(await answer(), 303);
  assert.equal(await answer(), 403, 'the same challenge again');
  authenticator.signCount = before;
  const copy = await openSignIn();
  const copied = authenticator.answer(ceremony(copy.challenge), { userHandle });
  assert.equal(await copy.send(copied), 403, 'a copy, whose counter is that of the last use');
});

test('an answer that another key has signed is refused', async () => {
  const { authenticator, userHandle } = await register('alice');
  const thief = new SoftAuthenticator();
  authenticator.id.copy(thief.id);
  const { challenge, send } = await openSignIn();
  assert.equal(await send(thief.answer(ceremony(challenge), { userHandle })), 403);
});

test('a passkey that did not verify its user, or does not name them, signs nobody in alone', async () => {
  const { authenticator, userHandle } = await register('alice');
  const unverified = await openSignIn();
  const untouched = ceremony(unverified.challenge, { isVerified: false });
  assert.equal(await unverified.send(authenticator.answer(untouched, { userHandle })), 403);
  const other = await register('mallory');
  for (const name of ['', other.userHandle]) {
    const { challenge, send } = await openSignIn();
    assert.equal(await send(authenticator.answer(ceremony(challenge), { userHandle: name })), 403);
  }
});

test('the passkey of another person is not the second factor', async () => {
  const alice = await register('alice');
  const mallory = await register('mallory');
  for (const [{ authenticator }, status] of [
    [mallory, 403],
    [alice, 303],
  ] as const) {
    const browser = new PlainBrowser(latchkey);
    await typePassword(browser, { userName: 'alice', password: PASSWORD });
    const { options, fields } = readPasskeyForm(await browser.get('/sign-in/factor?to=%2F'));
    const passkey = authenticator.answer(ceremony(options.challenge));
    const done = await browser.post('/sign-in/factor', { ...fields, to: '/', passkey });
    assert.equal(done.status, status);
  }
});

/** An answer of an authenticator in which anything may be changed: a member, or bytes of what is encoded in one. */
function damaged(json: string): fc.Arbitrary<string> {
  const answer = JSON.parse(json) as { readonly response: Readonly<Record<string, unknown>> };
  const names = Object.keys(answer.response);
  const bytes = fc
    .tuple(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
      fc.nat(400),
    )
    .map(([name, changes, length]) => {
      const value = answer.response[name];
      if (typeof value !== 'string') return answer;
      const changed = Buffer.from(value, 'base64url');
      for (const [at, byte] of changes) if (at < changed.length) changed.writeUInt8(byte, at);
      const cut = changes.length === 0 ? changed.subarray(0, length) : changed;
      return { ...answer, response: { ...answer.response, [name]: cut.toString('base64url') } };
    });
  const member = fc
    .tuple(fc.constantFrom(...names, 'id', 'rawId', 'type', 'response'), fc.jsonValue({ maxDepth: 2 }))
    .map(([name, value]) =>
      names.includes(name)
        ? { ...answer, response: { ...answer.response, [name]: value } }
        : { ...answer, [name]: value },
    );
  return fc.oneof(bytes, bytes, member).map((each) => JSON.stringify(each));
}

test('no answer of an authenticator, however damaged, makes a page fail', async () => {
  const { authenticator, userHandle } = await register('alice');
  const { challenge, send } = await openSignIn();
  const answers = damaged(authenticator.answer(ceremony(challenge), { userHandle }));
  const owner = await signedIn('mallory');
  const { options, fields } = readPasskeyForm(await owner.get('/me/security/passkey'));
  const registrations = damaged(new SoftAuthenticator().register(ceremony(options.challenge)));
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(answers, registrations, async (answer, passkey) => {
      const registered = await owner.post('/me/security/passkey', { ...fields, name: 'Key', passkey });
      for (const status of [await send(answer), registered.status]) {
        assert.ok(status < 500, `${status} to ${answer} or ${passkey}`);
        statuses.add(status);
      }
    }),
    { seed: 20_260_101, numRuns: 250 },
  );
  assert.ok(statuses.has(403));
});
