import assert from 'node:assert/strict';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { writeInstanceId } from '../config/instance-id.ts';
import { openDataFolder } from '../data-folder.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { fillTables, rowId } from '../store/testing/fill-tables.ts';
import { START_MS } from '../store/testing/rows.ts';
import { type CheckReport, checkStore } from './check-store.ts';
import { openSqliteCheck } from './sqlite-check.ts';
import { corruptions } from './testing/corruptions.ts';

function open(folder: string) {
  return openDataFolder(folder, { nowMs: START_MS, warn() {}, storeOptions: {} });
}

/** The data folder of a stopped server with rows of every kind. */
async function makeFolder(folder: string, rows = 40): Promise<string> {
  await open(folder).close();
  writeInstanceId(folder, 'ssoins-0123456789abcdef');
  change(folder, (database) => fillTables(database, rows));
  return folder;
}

function change(folder: string, make: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path.join(folder, 'latchkey.db'));
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
  make(database);
  database.close();
}

async function check(folder: string): Promise<CheckReport & { readonly said: readonly string[] }> {
  await using store = openSqliteCheck(folder);
  const said: string[] = [];
  const report = await checkStore(store, {
    onFinding: ({ where, key, message }) =>
      said.push(`${where}${key === undefined ? '' : ` ${key}`}: ${message}`),
  });
  return { ...report, said };
}

test('a sound store in SQLite has nothing wrong, is counted, and stays as it was', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'), 1_100);
  const before = readFileSync(path.join(folder, 'latchkey.db'), 'base64');
  const { said, instanceId, keys, tables } = await check(folder);
  assert.deepEqual(said, []);
  assert.deepEqual([instanceId, keys], ['ssoins-0123456789abcdef', 1]);
  assert.equal(tables.find(({ name }) => name === 'authorization')?.rows, 1_100);
  assert.equal(readFileSync(path.join(folder, 'latchkey.db'), 'base64'), before);
});

test('a store in SQLite is checked while a server uses it', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'));
  const server = open(folder);
  assert.deepEqual((await check(folder)).said, []);
  await server.close();
});

for (const [what, sql, expected] of corruptions) {
  test(`a check of a store in SQLite names ${what}`, async () => {
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'data'));
    change(folder, (database) => database.exec(sql));
    const { said } = await check(folder);
    for (const pattern of expected)
      assert.ok(
        said.some((each) => pattern.test(each)),
        `${pattern} in\n${said.join('\n')}`,
      );
    // SQLite says of a broken rule in which table it is, and no more.
    const others = said.filter((each) => !expected.some((pattern) => pattern.test(each)));
    assert.ok(
      others.every((each) => /^latchkey\.db: CHECK constraint failed/.test(each)),
      others.join('\n'),
    );
  });
}

test('a check of a store in SQLite names a request of a device without authorization', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'));
  change(folder, (database) => database.exec(`DELETE FROM authorization WHERE id = ${rowId(5)}`));
  assert.deepEqual((await check(folder)).said, [
    `device_request authorization_id ${rowId(5)}: there is no such authorization`,
  ]);
});

test('a check of a store in SQLite names text with U+0000, which PostgreSQL refuses, and what to do', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'));
  change(folder, (database) => {
    database.exec(`UPDATE "authorization" SET scopes = 'a' || char(0) WHERE id = ${rowId(5)}`);
    database.exec(`UPDATE account SET email = char(0) || '@example.com' WHERE id = '100000000003'`);
  });
  assert.deepEqual((await check(folder)).said, [
    'account id 100000000003: email has U+0000, which no row in PostgreSQL may have: "\\u0000@example.com". Change it where the entry comes from: in the configuration file, or by a command',
    `authorization id ${rowId(5)}: scopes has U+0000, which no row in PostgreSQL may have: "a\\u0000". A server removes the row when it is over`,
  ]);
});

test('a check of a data folder names what is wrong beside the database', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'));
  writeFileSync(path.join(folder, 'keys.json'), '{');
  writeFileSync(path.join(folder, 'instance-id'), 'other');
  const { said } = await check(folder);
  assert.match(said.join('\n'), /^instance id: .*expected "ssoins-".*\nkeys: The keys at .* are damaged/);
  for (const file of ['keys.json', 'instance-id']) rmSync(path.join(folder, file));
  assert.deepEqual((await check(folder)).said, [
    'instance id: there is none',
    'keys: there are none: everyone signs in and registers anew',
  ]);
});

test('a check names the damage of a database whose pages were overwritten, and of one that was cut off', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'), 500);
  const file = path.join(folder, 'latchkey.db');
  const sound = readFileSync(file);
  writeFileSync(file, Buffer.from(sound).fill(0xff, 200_000, 216_000));
  assert.match((await check(folder)).said.join('\n'), /^latchkey\.db: /m);
  writeFileSync(file, sound);
  truncateSync(file, sound.length - 40_960);
  assert.throws(() => openSqliteCheck(folder), {
    name: 'UnfitStore',
    message: /db cannot be read: .* malformed$/,
  });
  writeFileSync(file, 'no database at all');
  assert.throws(() => openSqliteCheck(folder), {
    name: 'UnfitStore',
    message: /latchkey\.db cannot be read/,
  });
});

test('sessions of release 0.1 whose people had left before there was a directory are nothing wrong', async () => {
  using parent = temporaryFolder();
  const folder = await makeFolder(path.join(parent.path, 'data'));
  change(folder, (database) =>
    database.exec(
      `UPDATE sign_in_session SET user_id = zeroblob(16), created_at_ms = created_at_ms - 1 WHERE id = ${rowId(3)}`,
    ),
  );
  assert.deepEqual((await check(folder)).said, []);
});
