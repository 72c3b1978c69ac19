import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeRelease01Database, release01 } from '../../fixtures/release-0.1.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { apply, newUser } from '../testing/directory/fixtures.ts';
import { newAttempt, place } from '../testing/rows.ts';
import { openSqliteStore } from './sqlite-store.ts';

const nowMs = Date.parse(release01.at);
const signInSessionId = 129_171_456_001_240;
const [activeId, approvedId, pendingId] = [1, 2, 6].map((place) => signInSessionId + place);
/** The first 11 characters of the digest of alice's password hash, and of nothing. */
const versions = { alice: 'RNh2t3PaUUB', bob: '47DEQpj8HBS' };

test('the sessions of a data folder of release 0.1 go on once its people are in the store', async () => {
  using folder = temporaryFolder();
  const store = openSqliteStore(makeRelease01Database(folder.path));
  const { userId } = release01.alice;
  const before = await store.findSignInSession(signInSessionId);
  assert.equal(before?.userId, userId);
  assert.equal(before?.userVersion, versions.alice);
  assert.equal(before?.user, undefined, 'nobody is in the store yet');
  assert.equal(await store.adoptsVersions(), true);
  await apply(store, 'file', [
    { kind: 'addUser', user: newUser('alice', { id: userId, version: versions.alice }) },
  ]);
  const user = { id: userId, userName: 'alice', displayName: 'alice', version: versions.alice };
  assert.deepEqual((await store.findSignInSession(signInSessionId))?.user, user);
  const active = await store.findAuthorization(activeId!);
  assert.ok(active?.state === 'active');
  assert.deepEqual(active.user, user);
  assert.equal(active.userVersion, user.version);
  assert.equal(active.endedAtMs, null);
  assert.equal(await store.rotateTokens(activeId!, { generation: 1, nowMs, earlierRotationsMs: [] }), true);
  const redemption = { scopes: 'openid', nowMs, sessionEndsAtMs: nowMs + 1000, ...place };
  assert.equal(await store.redeemAuthorization(approvedId!, redemption), true);
  await store.close();
});

test('device requests, answers and attempts of a data folder of release 0.1 are there', async () => {
  using folder = temporaryFolder();
  const store = openSqliteStore(makeRelease01Database(folder.path));
  assert.equal((await store.findAuthorization(pendingId!))?.state, 'pending');
  const userCodeDigest = Buffer.from('5ad61a6aac19bd3da44ec185735f619b', 'hex');
  const search = { userCodeDigests: [userCodeDigest], questionDigests: [], attempts: [] };
  assert.equal((await store.findDeviceRequest(search, nowMs)).kind, 'found');
  const answer = await store.findAnswer([Buffer.from('d420590dad312ab3ab68b3023f91694d', 'hex')], nowMs);
  assert.equal(answer?.authorizationId, activeId);
  const attempt = newAttempt(1, { subject: Buffer.alloc(16, 7) });
  assert.equal(await store.takeAttempt([attempt], nowMs), nowMs + 60_000);
  await store.close();
});

test('versions of release 0.1 are taken until a file was applied wholly, and for enabled people alone', async () => {
  using folder = temporaryFolder();
  const store = openSqliteStore(makeRelease01Database(folder.path));
  const add = (userName: string, status: 'enabled' | 'disabled' = 'enabled') =>
    apply(store, 'file', [{ kind: 'addUser', user: newUser(userName, { version: versions.bob, status }) }]);
  await add('bob');
  await add('carol', 'disabled');
  const versionOf = async (nameKey: string) => (await store.findEntry('user', { nameKey }))?.version;
  assert.equal(await versionOf('bob'), versions.bob);
  assert.notEqual(await versionOf('carol'), versions.bob);
  await apply(store, 'command', [], { sourceDigest: Buffer.alloc(32) });
  assert.equal(await store.adoptsVersions(), true, 'a digest of another source');
  await apply(store, 'file', [], { sourceDigest: null });
  assert.equal(await store.adoptsVersions(), true);
  await apply(store, 'file', [], { sourceDigest: Buffer.alloc(32) });
  assert.equal(await store.adoptsVersions(), false);
  await assert.rejects(add('dan'), /only a data folder of release 0\.1/);
  await store.close();
});

test('a session whose user id is no UUID, or whose sign-in session is gone, is nobody’s', async () => {
  using folder = temporaryFolder();
  const file = makeRelease01Database(folder.path);
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(`
    UPDATE sign_in_session SET user_id = 'alice' WHERE id = ${signInSessionId};
    UPDATE sign_in_session SET id = 1 WHERE id <> ${signInSessionId}`);
  database.close();
  const store = openSqliteStore(file);
  const found = await store.findSignInSession(signInSessionId);
  assert.equal(found?.userId, '00000000-0000-0000-0000-000000000000');
  assert.equal(found?.user, undefined);
  const [orphan, approvedOrphan] = [signInSessionId + 4, signInSessionId + 5];
  const row = await store.findAuthorization(orphan);
  assert.ok(row?.state === 'active' && row.endedAtMs !== null, 'it has ended');
  assert.equal(await store.rotateTokens(orphan, { generation: 1, nowMs, earlierRotationsMs: [] }), false);
  const redemption = { scopes: 'openid', nowMs, sessionEndsAtMs: nowMs + 1000, ...place };
  assert.equal(await store.redeemAuthorization(approvedOrphan, redemption), false);
  await store.close();
});
