import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTestContext, origin, START_MS, type TestContextOptions } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { type DeviceCookie, issueDeviceCookie, readDeviceCookie } from './device-cookie.ts';
import { signIn } from './sign-in.ts';

const PASSWORD = 'correct horse battery';
const users = [
  { userName: 'alice', password: PASSWORD },
  { userName: 'bob', password: PASSWORD },
];
const masterKey = (id: number) => ({ id, createdAtMs: START_MS, secret: new Uint8Array(32).fill(id) });

type TestContext = Awaited<ReturnType<typeof createTestContext>>;

interface Attempt {
  readonly userName?: string;
  readonly password?: string;
  readonly address?: string;
  readonly deviceCookies?: readonly DeviceCookie[];
}

function attempt(context: TestContext, change: Attempt = {}) {
  const { userName = 'alice', password = 'wrong', address = '198.51.100.7', deviceCookies = [] } = change;
  return signIn(context, { userName, password, origin: { ...origin, address }, deviceCookies });
}

/** A browser's device cookie after it signed in, as the next request brings it. */
async function knownBrowser(context: TestContext, userName = 'alice'): Promise<DeviceCookie> {
  const result = await attempt(context, { userName, password: PASSWORD });
  assert.ok(result.kind === 'signedIn' && result.deviceCookie);
  const cookie = readDeviceCookie(context, result.deviceCookie.value);
  assert.ok(cookie);
  return cookie;
}

/** A stranger's wrong password, after which no more are looked at. */
async function lockOut(context: TestContext, userName = 'alice'): Promise<void> {
  await attempt(context, { userName, address: '203.0.113.9' });
  const refused = await attempt(context, { userName, password: PASSWORD, address: '203.0.113.9' });
  assert.equal(refused.kind, 'limited');
}

/** A context in which one wrong password locks a user out for 15 minutes. */
function createContext({ limits, ...options }: TestContextOptions = {}) {
  return createTestContext({ users, limits: { passwordFailuresPerUser: 1, ...limits }, ...options });
}

test('somebody else’s wrong passwords do not lock a person out of a browser in which they signed in before', async () => {
  const context = await createContext();
  const cookie = await knownBrowser(context);
  await lockOut(context);
  assert.equal((await attempt(context, { password: PASSWORD })).kind, 'limited', 'in another browser');
  const signedIn = await attempt(context, { password: PASSWORD, deviceCookies: [cookie] });
  assert.equal(signedIn.kind, 'signedIn');
  const elsewhere = await attempt(context, { password: PASSWORD });
  assert.equal(elsewhere.kind, 'limited', 'signing in there gives the stranger no new tries');
});

test('wrong passwords of an address do not lock out the known browsers behind it, nor do theirs count for it', async () => {
  const context = await createContext({ limits: { passwordFailuresPerAddress: 3 } });
  const cookie = await knownBrowser(context);
  for (let tries = 0; tries < 9; tries += 1) {
    assert.equal((await attempt(context, { deviceCookies: [cookie] })).kind, 'refused');
  }
  for (let tries = 0; tries < 3; tries += 1) {
    assert.equal((await attempt(context, { userName: `user ${tries}` })).kind, 'refused');
  }
  assert.equal((await attempt(context, { userName: 'bob' })).kind, 'limited');
  assert.equal((await attempt(context, { password: PASSWORD, deviceCookies: [cookie] })).kind, 'signedIn');
});

test('a device cookie has ten wrong passwords in all, from wherever and however long it takes; then it counts as none', async () => {
  const context = await createContext({ lifetimes: { deviceCookieSeconds: 90 * 86_400 } });
  const cookie = await knownBrowser(context);
  for (let tries = 0; tries < 10; tries += 1) {
    await lockOut(context);
    const stolen = await attempt(context, { address: `192.0.2.${tries}`, deviceCookies: [cookie] });
    assert.equal(stolen.kind, 'refused');
    context.advance({ hours: 24 });
  }
  await lockOut(context);
  const thief = await attempt(context, { password: PASSWORD, deviceCookies: [cookie] });
  assert.equal(thief.kind, 'limited');
  context.advance({ minutes: 15 });
  const owner = await attempt(context, { password: PASSWORD, deviceCookies: [cookie] });
  assert.equal(owner.kind, 'signedIn', 'by the tries that everybody has');
  assert.ok(owner.kind === 'signedIn' && owner.deviceCookie);
  await lockOut(context);
  const again = await attempt(context, { password: PASSWORD, deviceCookies: [owner.deviceCookie] });
  assert.equal(again.kind, 'signedIn', 'the new cookie has tries of its own');
});

test('wrong passwords sent at once cannot slip under the tries of a device cookie', async () => {
  const context = await createContext({
    limits: { concurrentPasswordChecks: 4 },
  });
  const cookie = await knownBrowser(context);
  const results = await Promise.all(
    Array.from({ length: 15 }, () => attempt(context, { deviceCookies: [cookie] })),
  );
  assert.equal(results.filter(({ kind }) => kind === 'refused').length, 10 + 1, 'and one of the user');
});

test('right passwords, and those that were not checked as too many waited, take no try from a device cookie', async (t) => {
  const context = await createContext();
  const cookie = await knownBrowser(context);
  const deviceCookies = [cookie];
  for (let tries = 0; tries < 12; tries += 1) {
    assert.equal((await attempt(context, { password: PASSWORD, deviceCookies })).kind, 'signedIn');
  }
  const verify = t.mock.method(context.passwords, 'verify', async () => 'busy' as const);
  for (let tries = 0; tries < 12; tries += 1) await attempt(context, { deviceCookies });
  verify.mock.restore();
  await lockOut(context);
  assert.equal((await attempt(context, { password: PASSWORD, deviceCookies })).kind, 'signedIn');
});

test('the audit says which sign-ins came from a known browser', async () => {
  const context = await createContext();
  const deviceCookies = [await knownBrowser(context)];
  await attempt(context, { deviceCookies });
  await attempt(context, { password: PASSWORD, deviceCookies });
  const known = context.events.map((event) => 'knownBrowser' in event && event.knownBrowser);
  assert.deepEqual(known, [false, true, true]);
});

test('a restart forgets no try of a device cookie', async () => {
  const before = await createContext();
  const cookie = await knownBrowser(before);
  for (let tries = 0; tries < 10; tries += 1) await attempt(before, { deviceCookies: [cookie] });
  const after = await createContext({ store: before.store });
  await lockOut(after);
  assert.equal((await attempt(after, { password: PASSWORD, deviceCookies: [cookie] })).kind, 'limited');
});

test('a device cookie is void once the password was changed', async () => {
  const context = await createContext();
  const cookie = await knownBrowser(context);
  await context.replaceDirectory({ users: [{ userName: 'alice', password: 'another password' }] });
  await lockOut(context);
  const result = await attempt(context, { password: 'another password', deviceCookies: [cookie] });
  assert.equal(result.kind, 'limited');
});

test('a device cookie ends when its person is disabled, also for the day on which the person is enabled again', async () => {
  const context = await createContext();
  const cookie = await knownBrowser(context);
  const enter = () => attempt(context, { password: PASSWORD, deviceCookies: [cookie] });
  await context.replaceDirectory({ users: [{ userName: 'alice', password: PASSWORD, disabled: true }] });
  assert.deepEqual(await enter(), { kind: 'refused' });
  await context.replaceDirectory({ users });
  await lockOut(context);
  assert.equal((await enter()).kind, 'limited');
});

test('a device cookie counts for its own person alone', async () => {
  const context = await createContext();
  const cookie = await knownBrowser(context, 'bob');
  await lockOut(context);
  assert.equal((await attempt(context, { password: PASSWORD, deviceCookies: [cookie] })).kind, 'limited');
});

test('several people who use one browser have a device cookie each', async () => {
  const context = await createContext();
  const deviceCookies = [await knownBrowser(context, 'alice'), await knownBrowser(context, 'bob')];
  for (const userName of ['alice', 'bob']) {
    await lockOut(context, userName);
    context.advance({ minutes: 1 });
    const result = await attempt(context, { userName, password: PASSWORD, deviceCookies });
    assert.equal(result.kind, 'signedIn', userName);
  }
});

test('with somebody’s device cookie, names that exist and names that do not get the same answers', async () => {
  const answers = [];
  for (const userName of ['bob', 'nobody']) {
    const context = await createContext();
    const cookie = await knownBrowser(context, 'alice');
    const results = [];
    for (let tries = 0; tries < 3; tries += 1) {
      results.push(await attempt(context, { userName, deviceCookies: [cookie] }));
    }
    answers.push(results);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('a person with a device cookie has a turn beside all others together, however many of them wait', async () => {
  const context = await createContext({ limits: { concurrentPasswordChecks: 1 } });
  const cookie = await knownBrowser(context);
  const order: string[] = [];
  const crowd = Array.from({ length: 20 }, (_, index) =>
    attempt(context, { userName: `user ${index}`, address: `203.0.113.${index}` }).then(() =>
      order.push('crowd'),
    ),
  );
  const known = attempt(context, { password: PASSWORD, deviceCookies: [cookie] });
  await Promise.all([...crowd, known.then(({ kind }) => order.push(kind))]);
  assert.ok(order.indexOf('signedIn') <= 2, `${order.indexOf('signedIn')} checks before it`);
});

test('a device cookie is read until it expires, also when the key that sealed it is no longer the newest', async () => {
  const old = await createContext({ keys: new Keys([masterKey(1)]) });
  const user = await old.directory.findUserByName('alice');
  assert.ok(user);
  const { value, ...said } = issueDeviceCookie(old, user);
  const rotated = await createContext({ keys: new Keys([masterKey(1), masterKey(2)]) });
  assert.deepEqual(readDeviceCookie(rotated, value), said);
  rotated.advance({ hours: 90 * 24, milliseconds: -1 });
  assert.deepEqual(readDeviceCookie(rotated, value), said);
  rotated.advance({ milliseconds: 1 });
  assert.equal(readDeviceCookie(rotated, value), undefined);
  const other = await createContext({ keys: new Keys([masterKey(2)]) });
  assert.equal(readDeviceCookie(other, value), undefined, 'of other keys');
});

test('each sign-in has another device cookie, and it tells nobody whose it is', async () => {
  const context = await createContext();
  const user = await context.directory.findUserByName('alice');
  assert.ok(user);
  const values = Array.from({ length: 50 }, () => issueDeviceCookie(context, user).value);
  assert.equal(new Set(values.map((value) => value.slice(0, 20))).size, 50);
  for (const value of values) {
    const bytes = Buffer.from(value.slice('lk_kb_'.length), 'base64url').toString('latin1');
    assert.ok(!bytes.includes(user.id) && !bytes.includes(user.version));
  }
});

test('no text but one that was issued is a device cookie', async () => {
  const context = await createContext();
  const user = await context.directory.findUserByName('alice');
  assert.ok(user);
  const { value } = issueDeviceCookie(context, user);
  const damaged = fc.tuple(fc.nat(value.length - 1), fc.constantFrom(...'Aa0_-. ')).map(([at, character]) => {
    return value.slice(0, at) + character + value.slice(at + 1);
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        damaged,
        fc.nat(value.length).map((at) => value.slice(0, at)),
      ),
      (text) => {
        fc.pre(!isSameBytes(text, value));
        assert.equal(readDeviceCookie(context, text), undefined);
      },
    ),
  );
  assert.equal(readDeviceCookie(context, value + 'A'.repeat(600)), undefined);
});

/** The last character of base64url may have bits that do not count. */
function isSameBytes(one: string, other: string): boolean {
  const bytesOf = (text: string) => Buffer.from(text.replace(/^lk_kb_/, ''), 'base64url');
  return one.startsWith('lk_kb_') && bytesOf(one).equals(bytesOf(other));
}
