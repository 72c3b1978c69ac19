import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { randomBytes } from '../../keys/random.ts';
import { storeConformance } from '../conformance.ts';
import type { Store } from '../store.ts';
import {
  askFromDevice,
  authorizationRow,
  deviceRequestRow,
  findSession,
  MINUTE_MS,
  rotate,
  START_MS,
  signInAlice,
  startSession,
} from '../testing/rows.ts';
import { isLostDatabase } from './database-file.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = temporaryFolder();
after(() => folder[Symbol.dispose]());
const newFile = () => join(folder.path, `${randomUUID()}.db`);

storeConformance('SQLite in memory', () => openSqliteStore(':memory:'));
storeConformance('SQLite on disk', () => openSqliteStore(newFile()));

test('what was answered is there after a restart', async () => {
  const file = newFile();
  const before = openSqliteStore(file);
  const approval = await signInAlice(before);
  const id = await startSession(before, approval);
  await rotate(before, id, 1, { nowMs: START_MS + 1, earlierRotationsMs: [START_MS] });
  await before.endSignInSession(approval.signInSessionId, START_MS + 2);
  await before.close();
  const after = openSqliteStore(file);
  const row = await findSession(after, id);
  assert.equal(row.generation, 2);
  assert.deepEqual(row.earlierRotationsMs, [START_MS]);
  assert.equal(row.endedAtMs, START_MS + 2);
  await after.close();
});

test('a restart forgets no attempts and no waiting requests', async () => {
  const file = newFile();
  const attempts = [{ subject: randomBytes(16), limit: 1, windowMs: MINUTE_MS }];
  const before = openSqliteStore(file);
  const ask = (store: Store) => store.insertDeviceRequest(authorizationRow(store), deviceRequestRow(), 1);
  await before.takeAttempt(attempts, START_MS);
  assert.equal(await ask(before), 'inserted');
  await before.close();
  const after = openSqliteStore(file);
  assert.equal(await ask(after), 'full');
  assert.equal(await after.takeAttempt(attempts, START_MS + 1), START_MS + MINUTE_MS);
  await after.close();
});

test('a restart forgets neither whose requests wait, nor which of them is the newest', async () => {
  const file = newFile();
  const dropped: string[] = [];
  const open = () =>
    openSqliteStore(file, { onDrop: (what, address) => dropped.push(`${what} of ${address}`) });
  const ask = async (store: Store, address: string) => {
    const authorization = authorizationRow(store);
    const outcome = await store.insertDeviceRequest(authorization, deviceRequestRow({ address }), 3);
    return { outcome, id: authorization.id };
  };
  const before = open();
  const crowd = [];
  for (let i = 0; i < 3; i += 1) crowd.push(await ask(before, '203.0.113.1'));
  await before.close();
  const after = open();
  assert.equal((await ask(after, '192.0.2.1')).outcome, 'inserted');
  const states = await Promise.all(crowd.map(async ({ id }) => (await after.findAuthorization(id))?.state));
  assert.deepEqual(states, ['pending', 'pending', undefined]);
  assert.deepEqual(dropped, ['deviceAuthorization of 203.0.113.1']);
  await after.close();
});

test('a clock that is set back over a restart gives no id twice', async () => {
  const file = newFile();
  const before = openSqliteStore(file);
  const { signInSessionId } = await signInAlice(before);
  const { id } = await askFromDevice(before);
  await before.close();
  const after = openSqliteStore(file);
  assert.ok(after.newId(START_MS - 60 * MINUTE_MS) > Math.max(signInSessionId, id));
  await after.close();
});

test('closing finishes what was asked for', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const signedIn = signInAlice(store);
  await store.close();
  const { signInSessionId } = await signedIn;
  const reopened = openSqliteStore(file);
  assert.notEqual(await reopened.findSignInSession(signInSessionId), undefined);
  await reopened.close();
});

test('only its owner can read the database, and the log beside it (0600)', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  await signInAlice(store);
  for (const path of [file, `${file}-wal`]) assert.equal(statSync(path).mode & 0o777, 0o600);
  await store.close();
});

test('whether the store can be written is found out by writing', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const onlooker = new DatabaseSync(file);
  const version = () => onlooker.prepare('PRAGMA data_version').get()?.['data_version'];
  const before = version();
  await store.check();
  assert.notEqual(version(), before);
  onlooker.close();
  await store.close();
});

test('what is asked of a closed store fails, and says so', async () => {
  const store = openSqliteStore(newFile());
  await store.close();
  await assert.rejects(store.check(), /could not commit/);
});

test('of more attempt windows than are kept, those that end first go early', async () => {
  const store = openSqliteStore(':memory:', { maxAttemptWindows: 2_000 });
  const attempt = (windowMs: number) => ({ subject: randomBytes(16), limit: 1, windowMs });
  const long = attempt(60 * MINUTE_MS);
  await store.takeAttempt([long], START_MS);
  const short = attempt(MINUTE_MS);
  await store.takeAttempt([short], START_MS);
  for (let batch = 0; batch < 40; batch += 1) {
    await store.takeAttempt(
      Array.from({ length: 100 }, () => attempt(2 * MINUTE_MS)),
      START_MS,
    );
  }
  assert.equal(await store.takeAttempt([long], START_MS), START_MS + 60 * MINUTE_MS, 'still counted');
  assert.equal(await store.takeAttempt([short], START_MS), undefined, 'forgotten');
  const { removed } = await store.sweep(START_MS + 2 * MINUTE_MS, 10_000);
  assert.ok(removed <= 2_000, `${removed} windows were kept`);
  await store.close();
});

test('a database is lost when its file is missing, or empty, or nothing was ever put into it', async () => {
  const file = newFile();
  assert.equal(isLostDatabase(file), true);
  writeFileSync(file, '');
  assert.equal(isLostDatabase(file), true);
  const bare = newFile();
  new DatabaseSync(bare).exec('VACUUM');
  assert.equal(isLostDatabase(bare), true);
  writeFileSync(file, 'not a database');
  assert.equal(isLostDatabase(file), false);
});

test('a database is not lost while all of it is in its log, as after a first start that was killed', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const copy = newFile();
  for (const end of ['', '-wal']) copyFileSync(file + end, copy + end);
  assert.equal(isLostDatabase(copy), false);
  await store.close();
  assert.equal(isLostDatabase(file), false);
});
