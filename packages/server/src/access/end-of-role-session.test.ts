import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, type TestContext } from '../fixtures/test-context.ts';
import { GrantError } from '../grants/grant-error.ts';
import {
  allowProgram,
  answerDevice,
  askFromDevice,
  poll,
  redeemProgram,
  refresh,
  register,
  signInAs,
  signInWithDevice,
} from '../grants/testing/steps.ts';
import { findAccess, type IssuedTokens } from '../grants/tokens.ts';
import { signOut, startSignInSession } from '../people/sign-in.ts';
import type { DirectoryStep } from '../store/port/directory-change.ts';
import { apply } from '../store/testing/directory/fixtures.ts';
import { findEndOfRoleSession } from './end-of-role-session.ts';
import { issueRoleCredentials, openRoleCredentials, type RoleSession } from './role-credentials.ts';

const ACCOUNT = '000011112222';
const DIRECTORY = {
  users: [{ userName: 'alice' }, { userName: 'bob' }],
  groups: [{ name: 'developers', members: ['alice'] }],
  accounts: [{ id: ACCOUNT, name: 'Sandbox' }],
  permissionSets: [{ name: 'Developer', sessionDurationSeconds: 43_200 }, { name: 'ReadOnly' }],
};
const assigned = [
  { users: ['alice'], accounts: [ACCOUNT], permissionSets: ['Developer'] },
  { groups: ['developers'], accounts: [ACCOUNT], permissionSets: ['ReadOnly'] },
];

/** Role credentials of a session, as STS reads them. */
async function roleSession(
  context: TestContext,
  tokens: IssuedTokens,
  roleName = 'Developer',
): Promise<RoleSession> {
  const access = await findAccess(context, tokens.accessToken);
  assert.ok(access);
  const { user, authorization } = access;
  const role = await context.directory.findAssignedRole(user.id, { accountId: ACCOUNT, roleName });
  assert.ok(role);
  const given = { user, authorizationId: authorization.id, accountId: ACCOUNT, role };
  const { accessKeyId, sessionToken } = issueRoleCredentials(context, given);
  const opened = openRoleCredentials(context, accessKeyId, sessionToken);
  assert.ok(opened);
  return opened;
}

/** Alice's program, signed in with a device code in a browser of hers, and what it got. */
async function start() {
  const context = await createTestContext({ ...DIRECTORY, assignments: assigned });
  const client = register(context);
  const browser = await signInAs(context, 'alice');
  const tokens = await signInWithDevice(context, client, browser);
  return { context, client, browser, tokens, session: await roleSession(context, tokens) };
}

type Started = Awaited<ReturnType<typeof start>>;

async function change({ context, browser }: Started, step: (userId: string) => DirectoryStep): Promise<void> {
  await apply(context.store, 'command', [step(browser.user.id)]);
}

/** Reuses something once its grace is over. */
async function reuse({ context }: Started, redeem: () => Promise<unknown>): Promise<void> {
  context.advance({ minutes: 2 });
  await assert.rejects(redeem(), GrantError);
}

const ends: Readonly<Record<string, (started: Started) => Promise<unknown>>> = {
  'the person signs out of the browser that allowed it': ({ context, browser }) =>
    signOut(context, browser, origin),
  'the program is ended alone': ({ context, session }) =>
    context.store.endAuthorization(session.authorizationId!, context.now()),
  'the person is disabled': ({ context }) =>
    context.replaceDirectory({
      ...DIRECTORY,
      users: [{ userName: 'alice', disabled: true }],
      groups: [],
      assignments: assigned.slice(0, 1),
    }),
  'the person is blocked': (started) => change(started, (userId) => ({ kind: 'blockUser', userId })),
  'the person is signed out everywhere': (started) =>
    change(started, (userId) => ({ kind: 'signOutEverywhere', userId })),
  'the password is changed': (started) =>
    change(started, (userId) => ({ kind: 'setPassword', userId, hash: '$argon2id$another' })),
  'the person is blocked and unblocked again': async (started) => {
    await change(started, (userId) => ({ kind: 'blockUser', userId }));
    await change(started, (userId) => ({ kind: 'unblockUser', userId }));
  },
  'a refresh token is used again': async (started) => {
    const { context, client, tokens } = started;
    await refresh(context, client, tokens.refreshToken);
    await reuse(started, () => refresh(context, client, tokens.refreshToken));
  },
};

for (const [name, end] of Object.entries(ends)) {
  test(`role credentials of a session are good for nothing once ${name}`, async () => {
    const started = await start();
    const { context, session } = started;
    const other = await roleSession(context, await signInWithDevice(context, register(context)));
    assert.equal(await findEndOfRoleSession(context, session), undefined);
    await end(started);
    assert.equal(await findEndOfRoleSession(context, session), 'ended');
    const endsAll = /person is|password/.test(name);
    assert.equal(await findEndOfRoleSession(context, other), endsAll ? 'ended' : undefined);
  });
}

test('role credentials are good for nothing once an authorization code is used again', async () => {
  const started = await start();
  const { context } = started;
  const { client, code } = await allowProgram(context);
  const session = await roleSession(context, await redeemProgram(context, client, { code }));
  await reuse(started, () => redeemProgram(context, client, { code }));
  assert.equal(await findEndOfRoleSession(context, session), 'ended');
});

test('role credentials are good for nothing once the device code of their session is used again', async () => {
  const { context } = await start();
  const client = register(context);
  const { deviceCode, userCode } = await askFromDevice(context, client);
  await answerDevice(context, userCode, 'allow');
  const session = await roleSession(context, await poll(context, client, deviceCode));
  context.advance({ minutes: 2 });
  await assert.rejects(poll(context, client, deviceCode), GrantError);
  assert.equal(await findEndOfRoleSession(context, session), 'ended');
});

test('role credentials of a role that is not assigned any more are good for nothing, directly or through a group', async () => {
  const { context, tokens, session } = await start();
  const byGroup = await roleSession(context, tokens, 'ReadOnly');
  await context.replaceDirectory({ ...DIRECTORY, assignments: assigned.slice(1) });
  assert.equal(await findEndOfRoleSession(context, session), 'notAssigned');
  assert.equal(await findEndOfRoleSession(context, byGroup), undefined);
  const groups = [{ name: 'developers', members: ['bob'] }];
  await context.replaceDirectory({ ...DIRECTORY, groups, assignments: assigned });
  assert.equal(await findEndOfRoleSession(context, byGroup), 'notAssigned');
  assert.equal(await findEndOfRoleSession(context, session), undefined, 'it was assigned again');
});

test('role credentials outlive a session that merely runs out, as long as they live', async () => {
  const { context, client, tokens, session } = await start();
  const lifetimeMs = context.config.lifetimes.sessionSeconds * 1000;
  context.advance({ seconds: lifetimeMs / 1000 - 60 });
  const late = await refresh(context, client, tokens.refreshToken);
  const lateSession = await roleSession(context, late);
  for (const minutes of [2, 11 * 60]) {
    context.advance({ minutes });
    while (!(await context.store.sweep(context.now(), 100)).finished);
    assert.equal(await findEndOfRoleSession(context, lateSession), undefined, `${minutes} minutes later`);
  }
  assert.equal(await findAccess(context, late.accessToken), undefined);
  assert.ok(session.expiresAtMs < context.now());
  await change({ context, browser: await signInAs(context, 'alice') } as Started, (userId) => ({
    kind: 'blockUser',
    userId,
  }));
  assert.equal(await findEndOfRoleSession(context, lateSession), 'ended', 'they still end with the person');
});

test('role credentials go on when the person signs in again in the same browser', async () => {
  const { context, browser, session } = await start();
  await startSignInSession(context, browser.user, { origin, replaced: [browser] });
  assert.equal(await findEndOfRoleSession(context, session), undefined);
});

test('role credentials of a session that the store does not have are good for nothing', async () => {
  const { context, session } = await start();
  assert.equal(await findEndOfRoleSession(context, { ...session, authorizationId: 1 }), 'ended');
});

test('role credentials that the first release issued, which say no session, end with the person and the role', async () => {
  const started = await start();
  const { context, session } = started;
  const { authorizationId: _, issuedAtMs: __, ...old } = session;
  assert.equal(await findEndOfRoleSession(context, old), undefined);
  assert.equal(await findEndOfRoleSession(context, { ...old, permissionSetName: 'Admin' }), 'notAssigned');
  assert.equal(await findEndOfRoleSession(context, { ...old, sessionName: 'ALICE' }), 'ended');
  await change(started, (userId) => ({ kind: 'blockUser', userId }));
  assert.equal(await findEndOfRoleSession(context, old), 'ended');
});

test('what was issued for a role before an instant is good for nothing once it is revoked, and what is issued from then on is good', async () => {
  const { context, tokens, session } = await start();
  const byGroup = await roleSession(context, tokens, 'ReadOnly');
  const { authorizationId: _, issuedAtMs: __, ...old } = session;
  context.advance({ seconds: 1 });
  const later = await roleSession(context, tokens);
  await context.store.revokeRole({ accountId: ACCOUNT, roleName: 'Developer' }, context.now());
  assert.equal(await findEndOfRoleSession(context, session), 'revoked');
  assert.equal(await findEndOfRoleSession(context, old), 'revoked', 'when it was issued is not known');
  assert.equal(await findEndOfRoleSession(context, later), undefined, 'it was issued at that instant');
  assert.equal(await findEndOfRoleSession(context, byGroup), undefined, 'it is of another role');
});
