import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, START_MS, type TestContextOptions } from '../fixtures/test-context.ts';
import { makeSecret } from '../keys/secret-hash.ts';
import { completeSignIn, findSignInSession, startSignInSession } from '../people/sign-in.ts';
import { answerAuthorizationRequest } from './authorization-answer.ts';
import { authenticateClient } from './client-registration.ts';
import { answerDeviceRequest } from './device-request.ts';
import { redeemRefreshToken } from './refresh-token.ts';
import {
  answerDevice,
  askFromDevice,
  askFromProgram,
  assertRefused,
  poll,
  refresh,
  register,
  signInAs,
  signInWithDevice,
} from './testing/steps.ts';
import { findAccess } from './tokens.ts';

const elsewhere = { ...origin, address: '203.0.113.9' };
const people = {
  users: [{ userName: 'alice' }, { userName: 'bob' }],
  groups: [{ name: 'Admins', members: ['alice'] }],
};
const HOUR = 3_600;

function contextWith(policy: NonNullable<TestContextOptions['policy']>, options: TestContextOptions = {}) {
  return createTestContext({ ...people, ...options, policy });
}

test('a device is allowed only after a sign-in as the policy demands, and can be denied before', async () => {
  const context = await contextWith([
    { groups: ['admins'], factors: 'secondFactor', recentSignInSeconds: 60 },
  ]);
  const { userCode } = await askFromDevice(context, register(context));
  const session = await signInAs(context, 'alice');
  const allow = { userCode, ending: userCode, session, origin, decision: 'allow' } as const;
  const result = await answerDeviceRequest(context, allow);
  assert.ok(result.kind === 'signInAgain');
  assert.deepEqual([result.factors, result.recentSignInSeconds], ['secondFactor', 60]);
  const { session: second } = await startSignInSession(context, session.user, {
    ...{ origin, factors: ['password', 'totp'] },
  });
  context.advance({ seconds: 61 });
  assert.equal((await answerDeviceRequest(context, { ...allow, session: second })).kind, 'signInAgain');
  assert.equal((await answerDeviceRequest(context, { ...allow, decision: 'deny' })).kind, 'answered');
});

test('a program is allowed only as the policy demands of its person, and can be denied before', async () => {
  const context = await contextWith([{ groups: ['Admins'], factors: 'passkey' }]);
  const asked = askFromProgram(context);
  const answer = async (userName: string, decision: 'allow' | 'deny', from = origin) =>
    answerAuthorizationRequest(context, {
      ...{ request: asked.request, query: asked.query, decision, origin: from },
      session: await signInAs(context, userName),
    });
  const refused = await answer('alice', 'allow');
  assert.ok(refused.kind === 'unmet' && refused.unmet.kind === 'signIn');
  assert.equal(context.events.at(-1)?.event, 'policyRefused');
  assert.equal((await answer('bob', 'allow')).kind, 'answered');
  assert.equal((await answer('alice', 'deny')).kind, 'answered');
});

test('a rule for a client applies to that client, and one for unknown clients to those that registered themselves', async () => {
  const { secret, secretHash } = makeSecret();
  const context = await contextWith(
    [
      { clients: ['build-farm'], sessionSeconds: 2 * HOUR },
      { clients: ['unknown'], sessionSeconds: HOUR },
    ],
    { clients: [{ id: 'build-farm', name: 'Build farm', secretHash }] },
  );
  const known = authenticateClient(context, { clientId: 'build-farm', clientSecret: secret }, origin.address);
  for (const [client, seconds] of [
    [known, 2 * HOUR],
    [register(context), HOUR],
  ] as const) {
    const { accessToken } = await signInWithDevice(context, client);
    const access = await findAccess(context, accessToken);
    assert.equal(access?.authorization.sessionEndsAtMs, START_MS + seconds * 1000);
  }
});

test('the shortest length of the rules for a person counts, and lifetimes where there is none', async () => {
  const context = await contextWith([
    { groups: ['Admins'], sessionSeconds: HOUR, signInSessionSeconds: 1800 },
    { sessionSeconds: 20 * HOUR },
  ]);
  const ends = async (userName: string) => {
    const session = await signInAs(context, userName);
    const { accessToken } = await signInWithDevice(context, register(context), session);
    const access = await findAccess(context, accessToken);
    return [session.expiresAtMs, access?.authorization.sessionEndsAtMs].map((endMs = 0) => endMs - START_MS);
  };
  assert.deepEqual(await ends('alice'), [1_800_000, HOUR * 1000]);
  assert.deepEqual(await ends('bob'), [8 * HOUR * 1000, 20 * HOUR * 1000]);
});

test('a session that began when sessions lasted longer ends as the policy of now says, the lifetime of its code later at most', async () => {
  const before = await contextWith([{ sessionSeconds: 20 * HOUR }]);
  const client = register(before);
  const { accessToken, refreshToken } = await signInWithDevice(before, client);
  const { store, keys } = before;
  const now = await contextWith([{ groups: ['Admins'], sessionSeconds: HOUR }], { store, keys });
  now.advance({ minutes: 50 });
  const next = await refresh(now, client, refreshToken);
  assert.equal(next.expiresInSeconds, 20 * 60);
  assert.ok(await findAccess(now, accessToken));
  now.advance({ minutes: 20 });
  assert.equal(await findAccess(now, next.accessToken), undefined);
  await assertRefused(refresh(now, client, next.refreshToken ?? ''), 'invalid_grant');
});

test('a shorter lifetimes.session ends sessions that began before, too, and a longer one ends none later', async () => {
  const before = await createTestContext({ ...people, lifetimes: { sessionSeconds: 2 * HOUR } });
  const client = register(before);
  const { refreshToken } = await signInWithDevice(before, client);
  const { store, keys } = before;
  const longer = await createTestContext({
    ...people,
    store,
    keys,
    lifetimes: { sessionSeconds: 90 * HOUR },
  });
  longer.advance({ minutes: 119 });
  const next = await refresh(longer, client, refreshToken);
  assert.equal(next.expiresInSeconds, 60);
  const shorter = await createTestContext({ ...people, store, keys, lifetimes: { sessionSeconds: HOUR } });
  shorter.advance({ minutes: 70 });
  await assertRefused(refresh(shorter, client, next.refreshToken ?? ''), 'invalid_grant');
});

test('a browser that signed in when sign-in sessions lasted longer is signed out as the policy of now says', async () => {
  const before = await createTestContext(people);
  const user = await before.directory.findUserByName('alice');
  assert.ok(user);
  const { token } = await startSignInSession(before, user, { origin });
  const { store, keys } = before;
  const now = await contextWith([{ signInSessionSeconds: 900 }], { store, keys });
  now.advance({ minutes: 14, seconds: 59 });
  assert.equal((await findSignInSession(now, token))?.expiresAtMs, START_MS + 900_000);
  now.advance({ seconds: 1 });
  assert.equal(await findSignInSession(now, token), undefined);
});

test('from another network nobody signs in, redeems or refreshes, and nothing is lost in the right one', async () => {
  const context = await contextWith([{ name: 'office', groups: ['Admins'], networks: ['192.0.2.0/24'] }]);
  const client = register(context);
  const session = await signInAs(context, 'alice');
  const { user } = session;
  await assert.rejects(
    completeSignIn(context, { user, factors: ['password'], origin: elsewhere, earlier: [] }),
    { name: 'NetworkRefused', rule: 'office' },
  );
  assert.deepEqual(context.events.at(-1), {
    ...{ event: 'policyRefused', userId: user.id, act: 'signIn', reason: 'network', rule: 'office' },
  });
  const { deviceCode, userCode } = await askFromDevice(context, client);
  await answerDevice(context, userCode, 'allow', session);
  const { refreshToken = '' } = await poll(context, client, deviceCode);
  context.advance({ minutes: 5 });
  const stolen = { refreshToken, scope: undefined, origin: elsewhere };
  await assertRefused(
    redeemRefreshToken(context, client, stolen),
    'access_denied',
    /203\.0\.113\.9 is in none of them: run this in one of those networks/,
  );
  context.advance({ minutes: 5 });
  const next = await refresh(context, client, refreshToken);
  context.advance({ minutes: 5 });
  await assertRefused(redeemRefreshToken(context, client, { ...stolen, refreshToken }), 'access_denied');
  assert.ok((await refresh(context, client, next.refreshToken ?? '')).accessToken);
});

test('a person is asked for as of each request: who joins a group is under its rules at once', async () => {
  const context = await contextWith([{ groups: ['Admins'], sessionSeconds: HOUR }]);
  const session = await signInAs(context, 'bob');
  const { accessToken } = await signInWithDevice(context, register(context), session);
  const endOf = async () => (await findAccess(context, accessToken))?.authorization.sessionEndsAtMs;
  assert.equal(await endOf(), START_MS + 8 * HOUR * 1000);
  await context.replaceDirectory({
    ...people,
    groups: [{ name: 'Admins', members: ['alice', 'bob'] }],
  });
  assert.equal(await endOf(), START_MS + (HOUR + 600) * 1000);
});

test('without a policy no request asks for the groups of anybody', async (t) => {
  const context = await createTestContext(people);
  const asked = t.mock.method(context.directory, 'listGroupNames');
  const client = register(context);
  const { accessToken, refreshToken } = await signInWithDevice(context, client);
  await refresh(context, client, refreshToken);
  await findAccess(context, accessToken, { role: { accountId: '111122223333', roleName: 'Developer' } });
  assert.equal(asked.mock.callCount(), 0);
});
