import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import type { DirectoryReader } from '../port/directory.ts';
import { apply, newUser } from '../testing/directory/fixtures.ts';
import { aliceId, findSession, newAttempt, rotate } from '../testing/rows.ts';
import { DATABASE_FILE } from './database-file.ts';
import { migrate } from './migrations.ts';
import { readFolderDirectory } from './read-directory.ts';
import { openSqliteStore } from './sqlite-store.ts';

function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.['user_version'];
}

function tablesOf(database: DatabaseSync): unknown[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);
}

test('a new database gets the newest schema, and is left alone from then on', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const version = versionOf(database);
  assert.deepEqual(tablesOf(database), [
    ...['account', 'answer', 'attempt_window', 'authorization', 'device_request', 'directory_change'],
    ...['directory_group', 'directory_group_external_id', 'directory_source', 'directory_state'],
    ...['directory_tombstone', 'directory_user', 'directory_user_email', 'directory_user_external_id'],
    ...[
      'factor',
      'group_assignment',
      'membership',
      'notice',
      'one_time_link',
      'permission_set',
      'recovery_code',
      'role_revocation',
      'sign_in_session',
      'spent_challenge',
      'user_assignment',
      'user_password',
    ],
  ]);
  migrate(database);
  assert.equal(versionOf(database), version);
  database.close();
});

test('a database of a newer release is refused, and left as it is', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const newer = new DatabaseSync(file);
  newer.exec('CREATE TABLE from_the_future (id INTEGER); PRAGMA user_version = 99');
  newer.close();
  assert.throws(() => openSqliteStore(file), /schema 99, made by a newer Latchkey.*install the newer one/);
  const database = new DatabaseSync(file);
  assert.deepEqual(tablesOf(database), ['from_the_future']);
  assert.equal(versionOf(database), 99);
  database.close();
});

test('sessions of a database that the first release made go on', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const version = 'RNh2t3PaUUB';
  const first = new DatabaseSync(file);
  migrate(first, 1);
  first.exec(`
    INSERT INTO sign_in_session VALUES (1, zeroblob(16), '${aliceId}', '${version}', 0, 1000, NULL);
    INSERT INTO authorization VALUES
      (2, zeroblob(16), zeroblob(12), 'openid', 0, 1000, 'active', '${aliceId}', '${version}', 1, NULL, NULL, 3, 500, NULL)`);
  first.close();
  const store = openSqliteStore(file);
  await apply(store, 'file', [{ kind: 'addUser', user: newUser('alice', { id: aliceId, version }) }]);
  const { generation, earlierRotationsMs, userId } = await findSession(store, 2);
  assert.deepEqual(
    { generation, earlierRotationsMs, userId },
    { generation: 3, earlierRotationsMs: [], userId: aliceId },
  );
  assert.equal(await rotate(store, 2, 3, { nowMs: 600, earlierRotationsMs: [500] }), true);
  await store.close();
});

test('attempts that an earlier release counted go on counting', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const earlier = new DatabaseSync(file);
  migrate(earlier, 3);
  earlier.exec('INSERT INTO attempt_window VALUES (zeroblob(16), 2, 1000)');
  earlier.close();
  const store = openSqliteStore(file);
  const attempt = newAttempt(3, { subject: Buffer.alloc(16) });
  assert.equal(await store.takeAttempt([attempt], 500), undefined);
  assert.equal(await store.takeAttempt([attempt], 500), 1000);
  await store.close();
});

test('a directory that an earlier release kept is read before and after its upgrade', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, DATABASE_FILE);
  const earlier = new DatabaseSync(file);
  migrate(earlier, 6);
  earlier.exec(`
    INSERT INTO directory_source VALUES ('file', 1, NULL, NULL);
    INSERT INTO directory_group VALUES (zeroblob(16), 'Admins', 'admins', NULL, 1, 'file');
    INSERT INTO account VALUES ('123456789012', 'Production', 'production', NULL, 1, 'file');
    INSERT INTO permission_set VALUES ('ps-0000000000000001', 'Admin', 'admin', NULL, 900, 1, 'file')`);
  earlier.close();
  const read = async (directory: DirectoryReader) => [
    await directory.listEntries('group', { limit: 9 }),
    await directory.listEntries('account', { limit: 9, source: 'file' }),
    await directory.findEntry('permissionSet', { nameKey: 'admin' }),
  ];
  const kept = { revision: 1, source: 'file' } as const;
  const expected = [
    [{ id: '00000000-0000-0000-0000-000000000000', name: 'Admins', externalIds: [], ...kept }],
    [{ id: '123456789012', name: 'Production', ...kept }],
    { id: 'ps-0000000000000001', name: 'Admin', sessionDurationSeconds: 900, ...kept },
  ];
  using before = readFolderDirectory(folder.path);
  assert.deepEqual(before && (await read(before.reader)), expected);
  const store = openSqliteStore(file);
  assert.deepEqual(await read(store), expected);
  await store.close();
});

test('a migration that fails leaves nothing of itself behind', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const foreign = new DatabaseSync(file);
  foreign.exec('CREATE TABLE device_request (id INTEGER)');
  foreign.close();
  assert.throws(() => openSqliteStore(file), /Cannot open the database at .*device_request already exists/);
  const database = new DatabaseSync(file);
  assert.deepEqual(tablesOf(database), ['device_request']);
  assert.equal(versionOf(database), 0);
  database.close();
});

test('a file that is no database is refused by its name, and left as it is', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  writeFileSync(file, 'Dear diary, '.repeat(1000));
  assert.throws(
    () => openSqliteStore(file),
    /Cannot open the database at .*latchkey\.db: file is not a database/,
  );
  assert.match(readFileSync(file, 'utf8'), /^Dear diary/);
});
