import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, START_MS } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { issueRoleCredentials, openRoleCredentials } from './role-credentials.ts';

const accountId = '000011112222';

async function withAlice(options: Parameters<typeof createTestContext>[0] = {}) {
  const context = await createTestContext({
    users: [{ userName: 'alice' }],
    groups: [{ name: 'readers', members: ['alice'] }],
    accounts: [
      { id: accountId, name: 'Sandbox' },
      { id: '333344445555', name: 'Production' },
    ],
    permissionSets: [{ name: 'Developer', sessionDurationSeconds: 7200 }, { name: 'ReadOnly' }],
    assignments: [
      { users: ['alice'], accounts: [accountId], permissionSets: ['Developer'] },
      { groups: ['readers'], accounts: ['333344445555'], permissionSets: ['ReadOnly'] },
    ],
    ...options,
  });
  const alice = await context.directory.findUserByName('alice');
  assert.ok(alice);
  const role = await context.directory.findAssignedRole(alice.id, { accountId, roleName: 'Developer' });
  assert.ok(role);
  const issue = () => issueRoleCredentials(context, { user: alice, authorizationId: 4711, accountId, role });
  return { context, issue };
}

test('credentials have the form of temporary ones, and live as long as the permission set says', async () => {
  const { issue } = await withAlice({ startMs: START_MS + 999 });
  const credentials = issue();
  assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
  assert.match(credentials.secretAccessKey, /^[A-Za-z0-9/+]{40}$/);
  assert.match(credentials.sessionToken, /^lk_st_[A-Za-z0-9_-]+$/);
  assert.equal(credentials.expiresAtMs, START_MS + 7_200_000, 'in whole seconds');
});

test('credentials are read back from what a request shows of them', async () => {
  const { context, issue } = await withAlice();
  const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = issue();
  assert.deepEqual(openRoleCredentials(context, accessKeyId, sessionToken), {
    accessKeyId,
    secretAccessKey,
    accountId,
    permissionSetName: 'Developer',
    sessionName: 'alice',
    expiresAtMs,
    authorizationId: 4711,
    issuedAtMs: START_MS,
  });
});

test('credentials that the first release issued, without the session they came of, are read back', async () => {
  const { context } = await withAlice();
  const accessKeyId = 'ASIAAAAAAAAAAAAAAAAA';
  const stated = Buffer.from(JSON.stringify([accessKeyId, accountId, 'Developer', 'alice', 1_767_229_200]));
  const token = Buffer.concat([Buffer.of(1), context.keys.mac('role-session', stated), stated]);
  const opened = openRoleCredentials(context, accessKeyId, `lk_st_${token.toString('base64url')}`);
  assert.equal(opened?.sessionName, 'alice');
  assert.equal(opened?.authorizationId, undefined);
});

test('no two credentials are the same', async () => {
  const { issue } = await withAlice();
  const many = Array.from({ length: 200 }, issue);
  for (const part of ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const) {
    assert.equal(new Set(many.map((credentials) => credentials[part])).size, 200);
  }
});

test('nothing of credentials is stored: a restart, and a rotation of the keys, leave them good', async () => {
  const key = { id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(5) };
  const newer = { id: 2, createdAtMs: START_MS, secret: new Uint8Array(32).fill(6) };
  const { context, issue } = await withAlice({ keys: new Keys([key]) });
  await context.store.close();
  const { accessKeyId, secretAccessKey, sessionToken } = issue();
  const after = await createTestContext({ keys: new Keys([key, newer]) });
  const opened = openRoleCredentials(after, accessKeyId, sessionToken);
  assert.equal(opened?.secretAccessKey, secretAccessKey);
});

test('a session token is good for its own access key id only', async () => {
  const { context, issue } = await withAlice();
  const [one, other] = [issue(), issue()];
  assert.equal(openRoleCredentials(context, other.accessKeyId, one.sessionToken), undefined);
  assert.equal(openRoleCredentials(context, one.accessKeyId.toLowerCase(), one.sessionToken), undefined);
});

test('a session token that is missing, changed or of another instance opens nothing', async () => {
  const { context, issue } = await withAlice();
  const stranger = new Keys([{ id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(9) }]);
  const foreign = (await withAlice({ keys: stranger })).issue();
  const { accessKeyId, sessionToken } = issue();
  const sealed = Buffer.from(sessionToken.slice('lk_st_'.length), 'base64url');
  const flipped = Array.from({ length: sealed.length * 8 }, (_, bit) => {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return `lk_st_${changed.toString('base64url')}`;
  });
  const wrong = [
    undefined,
    '',
    'lk_st_',
    sessionToken.slice('lk_st_'.length),
    `${sessionToken}AAAA`,
    ...flipped,
  ];
  for (const token of wrong) assert.equal(openRoleCredentials(context, accessKeyId, token), undefined);
  assert.equal(openRoleCredentials(context, foreign.accessKeyId, foreign.sessionToken), undefined);
});

test('a client registration, which is sealed with the same key ring, is no session token', async () => {
  const { context } = await withAlice();
  const session = ['ASIAAAAAAAAAAAAAAAAA', accountId, 'Admin', 'mallory', 9_999_999_999];
  const sealed = context.keys.seal('client', Buffer.from(JSON.stringify(session)));
  const token = `lk_st_${sealed.toString('base64url')}`;
  assert.equal(openRoleCredentials(context, 'ASIAAAAAAAAAAAAAAAAA', token), undefined);
});

test('a session token does not hold the secret access key', async () => {
  const { issue } = await withAlice();
  const { sessionToken, secretAccessKey } = issue();
  const stated = Buffer.from(sessionToken.slice('lk_st_'.length), 'base64url');
  assert.equal(stated.includes(secretAccessKey), false);
  assert.equal(stated.includes(Buffer.from(secretAccessKey, 'base64')), false);
});
