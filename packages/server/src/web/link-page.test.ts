import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type CommandedLatchkey, startWithCommands } from '../fixtures/start-with-commands.ts';
import type { LinkPurpose } from '../store/port/links.ts';
import { addApp, typePassword } from './testing/factors.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';

const BEFORE = 'correct horse battery';
const AFTER = 'vertical lamp orchard';
let latchkey: CommandedLatchkey;
let aliceId: string;

beforeEach(async () => {
  latchkey = await startWithCommands();
  aliceId = await latchkey.addPerson('alice', { password: BEFORE, displayName: 'Alice <A>' });
});
afterEach(() => latchkey.close());

/** Makes a link. @returns its path and query */
async function linkFor(purpose: LinkPurpose, userId = aliceId, lifetimeSeconds = 3600): Promise<string> {
  const made = await latchkey.commands.makeLink({ userId, purpose, lifetimeSeconds, actor: 'command:test' });
  assert.equal(made.kind, 'made', JSON.stringify(made));
  const { url = '' } = made.kind === 'made' ? made : {};
  assert.ok(url.startsWith(`${latchkey.url}/link?token=lk_ol_`));
  return url.slice(latchkey.url.length);
}

/** Opens a link, and sends its form. */
async function follow(
  browser: PlainBrowser,
  link: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<PageView> {
  const { hidden } = await browser.get(link);
  return browser.post('/link', { ...hidden, ...fields });
}

const newPassword = { new_password: AFTER, repeated_password: AFTER };

async function assertEnded(link: string): Promise<void> {
  const { status, text } = await new PlainBrowser(latchkey).get(link);
  assert.equal(status, 404);
  assert.match(text, /This link does not work any more/);
}

test('a link signs a person in once, without a password, and leads to setting one up', async () => {
  const carolId = await latchkey.addPerson('carol');
  const link = await linkFor('sign-in', carolId);
  const browser = new PlainBrowser(latchkey);
  const done = await follow(browser, link);
  assert.deepEqual([done.status, done.location], [303, '/me/security']);
  assert.match((await browser.get('/me/security')).text, /Set a password/);
  const { hidden } = await browser.get('/me/security/password');
  assert.equal((await browser.post('/me/security/password', { ...hidden, ...newPassword })).status, 303);
  await assertEnded(link);
});

test('opening a link uses nothing, however often programs that scan mail do so', async () => {
  const link = await linkFor('sign-in');
  for (let count = 0; count < 3; count += 1) {
    const { status, text, headers } = await new PlainBrowser(latchkey).get(link);
    assert.equal(status, 200);
    assert.match(text, /signs in <bdi>Alice &lt;A&gt;<\/bdi> once/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  }
  assert.equal((await follow(new PlainBrowser(latchkey), link)).status, 303);
});

test('of several browsers that use one link at once, one is signed in', async () => {
  const link = await linkFor('sign-in');
  const browsers = Array.from({ length: 5 }, () => new PlainBrowser(latchkey));
  const forms = await Promise.all(browsers.map((browser) => browser.get(link)));
  const answers = await Promise.all(
    browsers.map((browser, index) => browser.post('/link', forms[index]!.hidden)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 404, 404, 404, 404]);
});

test('a link that signs in does not take the place of the second factor', async () => {
  const owner = new PlainBrowser(latchkey);
  await typePassword(owner, { userName: 'alice', password: BEFORE });
  const app = await addApp(latchkey, owner);
  const browser = new PlainBrowser(latchkey);
  const asked = await follow(browser, await linkFor('sign-in'));
  assert.equal(asked.location, '/sign-in/factor?to=%2Fme%2Fsecurity');
  assert.match((await browser.get('/me')).location ?? '', /^\/sign-in/, 'nobody is signed in yet');
  const { hidden } = await browser.get(asked.location!);
  assert.equal(
    (await browser.post('/sign-in/factor', { ...hidden, code: app.code() })).location,
    '/me/security',
  );
  assert.equal((await browser.get('/me/security/totp')).status, 200, 'as good as password and app');
});

test('a link sets a new password, which ends everything and signs nobody in', async () => {
  const owner = new PlainBrowser(latchkey);
  await typePassword(owner, { userName: 'alice', password: BEFORE });
  const link = await linkFor('password');
  const browser = new PlainBrowser(latchkey);
  for (const [fields, said] of [
    [{ ...newPassword, repeated_password: 'other' }, /not the same/],
    [{ new_password: 'short', repeated_password: 'short' }, /at least 15 characters/],
  ] as const) {
    const refused = await follow(browser, link, fields);
    assert.equal(refused.status, 400);
    assert.match(refused.text, said);
  }
  const done = await follow(browser, link, newPassword);
  assert.match(done.text, /Your password is set/);
  assert.match((await browser.get('/me')).location ?? '', /^\/sign-in/);
  assert.match((await owner.get('/me')).location ?? '', /^\/sign-in/);
  const answers = [BEFORE, AFTER].map((password) =>
    typePassword(new PlainBrowser(latchkey), { userName: 'alice', password }),
  );
  assert.deepEqual(
    (await Promise.all(answers)).map(({ status }) => status),
    [403, 303],
  );
  await assertEnded(link);
});

test('a link takes the place of the second factor beside the password alone, so that a new one can be set up', async () => {
  const owner = new PlainBrowser(latchkey);
  await typePassword(owner, { userName: 'alice', password: BEFORE });
  await addApp(latchkey, owner);
  const link = await linkFor('factor');
  const browser = new PlainBrowser(latchkey);
  const refused = await follow(browser, link, { password: 'wrong horse battery' });
  assert.equal(refused.status, 403);
  assert.match(refused.text, /The link still works/);
  const done = await follow(browser, link, { password: BEFORE });
  assert.equal(done.location, '/me/security');
  assert.equal((await browser.get('/me/security/totp')).status, 200);
  await assertEnded(link);
});

test('passwords beside a link are guessed no more often than at the sign-in', async () => {
  const link = await linkFor('factor');
  const browser = new PlainBrowser(latchkey);
  const tries: number[] = [];
  for (let count = 0; count < 12; count += 1)
    tries.push((await follow(browser, link, { password: 'no' })).status);
  assert.equal(tries.indexOf(429), 10);
  assert.equal(
    (await typePassword(new PlainBrowser(latchkey), { userName: 'alice', password: BEFORE })).status,
    429,
  );
});

test('a link ends when its time is over, a new one is made, it is taken back, or the sign-ins of its person end', async () => {
  const first = await linkFor('sign-in');
  const second = await linkFor('password');
  await assertEnded(first);
  assert.equal(await latchkey.commands.revokeLink(aliceId, 'command:test'), true);
  await assertEnded(second);
  const third = await linkFor('sign-in');
  await latchkey.change({ kind: 'signOutEverywhere', userId: aliceId });
  await assertEnded(third);
  const fourth = await linkFor('sign-in', aliceId, 300);
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get(fourth);
  latchkey.clock.advance({ minutes: 5 });
  assert.equal((await browser.post('/link', hidden)).status, 404);
});

test('a person who is blocked is told so, and the link does nothing, also after the block', async () => {
  const link = await linkFor('sign-in');
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get(link);
  await latchkey.change({ kind: 'blockUser', userId: aliceId });
  for (const answer of [await browser.get(link), await browser.post('/link', hidden)]) {
    assert.equal(answer.status, 403);
    assert.match(answer.text, /You may not sign in/);
  }
  await latchkey.change({ kind: 'unblockUser', userId: aliceId });
  assert.equal((await browser.post('/link', hidden)).status, 404);
});

test('the form of a link works in the browser that opened it alone, and for that link alone', async () => {
  const carolId = await latchkey.addPerson('carol');
  const [link, other] = [await linkFor('sign-in'), await linkFor('sign-in', carolId)];
  const { hidden } = await new PlainBrowser(latchkey).get(link);
  const browser = new PlainBrowser(latchkey);
  assert.equal((await browser.post('/link', hidden)).status, 403);
  const own = await browser.get(link);
  const token = new URLSearchParams(other.split('?')[1]).get('token') ?? '';
  assert.equal((await browser.post('/link', { ...own.hidden, token })).status, 403);
  const evil = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await browser.post('/link', own.hidden, evil)).status, 403);
  assert.equal((await browser.post('/link', own.hidden)).status, 303);
});

test('text that is no token is looked up nowhere', async () => {
  for (const token of ['', 'lk_ol_', `lk_ol_${'A'.repeat(43)}`, 'x'.repeat(4000), 'lk_ol_%00']) {
    assert.equal((await new PlainBrowser(latchkey).get(`/link?token=${token}`)).status, 404, token);
  }
});

for (const [what, prepare, purpose, why] of [
  ['who is blocked', () => latchkey.change({ kind: 'blockUser', userId: aliceId }), 'sign-in', 'blocked'],
  [
    'who is disabled',
    () => latchkey.change({ kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }),
    ...(['password', 'disabled'] as const),
  ],
  [
    'without a password, beside which it would stand',
    () => latchkey.change({ kind: 'setPassword', userId: aliceId, hash: null }),
    ...(['factor', 'noPassword'] as const),
  ],
  [
    'who has left',
    () => latchkey.change({ kind: 'removeUser', id: aliceId }),
    ...(['sign-in', 'noUser'] as const),
  ],
] as const) {
  test(`no link is made for a person ${what}`, async () => {
    await prepare();
    const link = { userId: aliceId, purpose, lifetimeSeconds: 3600, actor: 'command:test' };
    assert.deepEqual(await latchkey.commands.makeLink(link), { kind: 'refused', why });
  });
}
