import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { addressBlocks } from '../limits/address-block.ts';
import { findSignInSession, type SignInSession, signIn, signOut } from './sign-in.ts';

const PASSWORD = 'correct horse battery';

function withUsers(options: Parameters<typeof createTestContext>[0] = {}) {
  const users = [{ userName: 'alice', password: PASSWORD }, { userName: 'no-password' }];
  return createTestContext({ users, ...options });
}

async function signInAlice(context: Awaited<ReturnType<typeof withUsers>>) {
  const result = await signIn(context, { userName: 'alice', password: PASSWORD, origin });
  assert.ok(result.kind === 'signedIn');
  return result;
}

test('the right password starts a session that the cookie stands for', async () => {
  const context = await withUsers();
  const { session, token } = await signInAlice(context);
  assert.match(token, /^lk_ss_/);
  const found = await findSignInSession(context, token);
  assert.deepEqual(found, session);
  assert.equal(session.user.userName, 'alice');
  assert.equal(context.events.at(-1)?.event, 'signInSucceeded');
});

test('each sign-in is a new session (against fixation)', async () => {
  const context = await withUsers();
  const [one, other] = [await signInAlice(context), await signInAlice(context)];
  assert.notEqual(one.session.id, other.session.id);
  assert.notEqual(one.token, other.token);
});

test('a wrong password, an unknown user, one without a password and a disabled one look alike', async () => {
  const context = await withUsers({
    users: [
      { userName: 'alice', password: PASSWORD },
      { userName: 'no-password' },
      { userName: 'gone', password: PASSWORD, disabled: true },
    ],
  });
  const attempts = [
    { userName: 'alice', password: 'wrong' },
    { userName: 'nobody', password: PASSWORD },
    { userName: 'no-password', password: PASSWORD },
    { userName: 'no-password', password: '' },
    { userName: 'gone', password: PASSWORD },
  ];
  for (const attempt of attempts)
    assert.deepEqual(await signIn(context, { ...attempt, origin }), { kind: 'refused' });
  assert.ok(context.events.every(({ event }) => event === 'signInRefused'));
});

test('a refused or limited sign-in is audited with the person it was for, or a digest of a name nobody has', async () => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 1 } });
  const names = ['alice', 'ALICE', 'hunter2', 'Hunter2', 'hunter3'];
  for (const userName of names) await signIn(context, { userName, password: 'wrong', origin });
  const alice = { userId: (await context.directory.findUserByName('alice'))?.id, userName: 'alice' };
  const [first, second, third, fourth, fifth] = context.events;
  assert.deepEqual(first, { event: 'signInRefused', ...alice });
  assert.deepEqual(second, { event: 'signInLimited', ...alice });
  assert.ok(third?.event === 'signInRefused' && 'unknownNameDigest' in third);
  assert.match(third.unknownNameDigest, /^[0-9a-f]{16}$/);
  assert.deepEqual(fourth, { ...third, event: 'signInLimited' });
  assert.notDeepEqual(fifth, third);
  assert.doesNotMatch(JSON.stringify(context.events), /hunter/i, 'what was typed may have been a password');
});

test('after too many wrong passwords not even the right one is looked at, until the window has passed', async () => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 2 } });
  for (let tries = 0; tries < 2; tries += 1) {
    await signIn(context, { userName: 'alice', password: 'wrong', origin });
  }
  const limited = await signIn(context, { userName: 'ALICE', password: PASSWORD, origin });
  assert.deepEqual(limited, { kind: 'limited', retryAfterSeconds: 900 });
  assert.equal(context.events.at(-1)?.event, 'signInLimited');
  context.advance({ minutes: 15 });
  await signInAlice(context);
});

test('names that nobody has are limited like others, so that limits do not tell who exists', async () => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 1 } });
  const attempt = (userName: string) => signIn(context, { userName, password: 'wrong', origin });
  assert.equal((await attempt('nobody')).kind, 'refused');
  for (const sameName of ['NoBody', 'ｎｏｂｏｄｙ']) assert.equal((await attempt(sameName)).kind, 'limited');
});

test('parallel wrong passwords cannot slip under the limit', async () => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 2, concurrentPasswordChecks: 4 } });
  const results = await Promise.all(
    Array.from({ length: 6 }, () => signIn(context, { userName: 'alice', password: 'wrong', origin })),
  );
  assert.equal(results.filter(({ kind }) => kind === 'refused').length, 2);
  assert.equal(results.filter(({ kind }) => kind === 'limited').length, 4);
});

test('a sign-in that is put off because the server is busy with passwords costs no try', async (t) => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 2 } });
  const verify = t.mock.method(context.passwords, 'verify', async () => 'busy' as const);
  for (let tries = 0; tries < 3; tries += 1) {
    const busy = await signIn(context, { userName: 'alice', password: PASSWORD, origin });
    assert.deepEqual(busy, { kind: 'busy', retryAfterSeconds: 2 });
  }
  assert.deepEqual(context.dropped, ['passwordCheck', 'passwordCheck', 'passwordCheck']);
  verify.mock.restore();
  await signInAlice(context);
});

test('the setting concurrentPasswordChecks says how many passwords are checked at once; eight times as many of one address wait', async () => {
  const context = await withUsers({ limits: { concurrentPasswordChecks: 1 } });
  const verify = (password: string) =>
    context.passwords.verify(undefined, password, addressBlocks(origin.address));
  for (let checks = 0; checks < 1 + 8; checks += 1) void verify('whatever');
  assert.equal(await verify('one too many'), 'busy');
});

test('somebody who is disabled while the password is checked does not get in', async (t) => {
  const context = await withUsers();
  const { passwords } = context;
  const verify = passwords.verify.bind(passwords);
  t.mock.method(passwords, 'verify', async (...password: Parameters<typeof verify>) => {
    const checked = await verify(...password);
    await context.replaceDirectory({ users: [{ userName: 'alice', disabled: true }] });
    return checked;
  });
  const result = await signIn(context, { userName: 'alice', password: PASSWORD, origin });
  assert.deepEqual(result, { kind: 'refused' });
});

test('a sign-in that works forgives the typing errors before it', async () => {
  const context = await withUsers({ limits: { passwordFailuresPerUser: 2 } });
  for (let round = 0; round < 3; round += 1) {
    await signIn(context, { userName: 'alice', password: 'wrong', origin });
    await signInAlice(context);
  }
});

test('a session ends by itself after 8 hours', async () => {
  const context = await withUsers();
  const { token } = await signInAlice(context);
  context.advance({ hours: 8, milliseconds: -1 });
  assert.ok(await findSignInSession(context, token));
  context.advance({ milliseconds: 1 });
  assert.equal(await findSignInSession(context, token), undefined);
});

test('a session ends at sign-out, and is recorded', async () => {
  const context = await withUsers();
  const { session, token } = await signInAlice(context);
  const other = await signInAlice(context);
  await signOut(context, session, origin);
  assert.equal(await findSignInSession(context, token), undefined);
  assert.ok(await findSignInSession(context, other.token), 'elsewhere alice stays signed in');
  assert.equal(context.events.at(-1)?.event, 'signedOut');
});

test('signing in again in a browser takes the place of the session before, and of nobody’s elsewhere', async () => {
  const context = await withUsers();
  const [before, elsewhere] = [await signInAlice(context), await signInAlice(context)];
  const earlier = [before.session];
  const again = await signIn(context, { userName: 'alice', password: PASSWORD, origin, earlier });
  assert.ok(again.kind === 'signedIn');
  assert.equal(await findSignInSession(context, before.token), undefined);
  assert.ok(await findSignInSession(context, again.token));
  assert.ok(await findSignInSession(context, elsewhere.token));
  assert.deepEqual(
    context.events.map(({ event }) => event),
    ['signInSucceeded', 'signInSucceeded', 'signInSucceeded'],
  );
});

test('signing in where other people are signed in leaves four of them, and signs out those whose sessions end first', async () => {
  const names = ['alice', 'bob', 'carol', 'dora', 'eve', 'frank'];
  const context = await withUsers({ users: names.map((userName) => ({ userName, password: PASSWORD })) });
  const tokens = [];
  let earlier: readonly SignInSession[] = [];
  for (const userName of names) {
    await signIn(context, { userName, password: 'wrong', origin, earlier });
    const result = await signIn(context, { userName, password: PASSWORD, origin, earlier });
    assert.ok(result.kind === 'signedIn');
    earlier = [result.session, ...earlier];
    tokens.push(result.token);
    context.advance({ minutes: 1 });
  }
  const found = await Promise.all(tokens.map((token) => findSignInSession(context, token)));
  assert.deepEqual(
    found.map((session) => session?.user.userName),
    [undefined, 'bob', 'carol', 'dora', 'eve', 'frank'],
  );
  const signedOut = context.events.filter(({ event }) => event === 'signedOut');
  assert.deepEqual(
    signedOut.map((event) => 'userName' in event && event.userName),
    ['alice'],
  );
});

test('a session ends when its user is disabled or has a new password', async () => {
  for (const users of [[{ userName: 'alice', password: 'another one' }], [{ userName: 'bob' }]]) {
    const context = await withUsers();
    const { token } = await signInAlice(context);
    await context.replaceDirectory({ users });
    assert.equal(await findSignInSession(context, token), undefined);
  }
});

test('no other text stands for a session', async () => {
  const context = await withUsers();
  const { token } = await signInAlice(context);
  const elsewhere = await signInAlice(await withUsers());
  for (const text of ['', 'x', token.slice(0, -1), token.replace('ss', 'at'), elsewhere.token]) {
    assert.equal(await findSignInSession(context, text), undefined);
  }
});

test('a session token with any character changed stands for no session', async () => {
  const context = await withUsers();
  const { token } = await signInAlice(context);
  for (let at = 'lk_ss_'.length; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    assert.equal(await findSignInSession(context, changed), undefined, `character ${at}`);
  }
});
