import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { writeInstanceId } from '../../packages/server/src/config/instance-id.ts';
import { openDataFolder } from '../../packages/server/src/data-folder.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { MasterSecret } from '../../packages/server/src/keys/master-secret.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { tables as allTables } from '../../packages/server/src/store/rows/tables.ts';
import { fillTables, rowId } from '../../packages/server/src/store/testing/fill-tables.ts';
import { START_MS } from '../../packages/server/src/store/testing/rows.ts';
import { type CheckReport, checkStore } from '../../packages/server/src/store-check/check-store.ts';
import { openPostgresqlCheck } from '../../packages/server/src/store-check/postgresql-check.ts';
import { corruptions } from '../../packages/server/src/store-check/testing/corruptions.ts';
import { copyStore } from '../../packages/server/src/store-copy/copy-store.ts';
import { openPostgresqlTarget } from '../../packages/server/src/store-copy/postgresql-sides.ts';
import { openSqliteSource } from '../../packages/server/src/store-copy/sqlite-sides.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

const master = new MasterSecret(randomBytes(32));

/** A store in PostgreSQL with rows of every kind. */
async function filledDatabase(): Promise<TestDatabase> {
  const database = await newDatabase();
  using parent = temporaryFolder();
  const folder = path.join(parent.path, 'data');
  await openDataFolder(folder, { nowMs: START_MS, warn() {}, storeOptions: {} }).close();
  writeInstanceId(folder, 'ssoins-0123456789abcdef');
  const sqlite = new DatabaseSync(path.join(folder, 'latchkey.db'));
  fillTables(sqlite, 40);
  sqlite.close();
  const options = { masters: [master] as const, release: 'of tests', now: () => START_MS };
  await using source = openSqliteSource(folder);
  await using target = await openPostgresqlTarget(parseConnectionUrl(database.url), options);
  await copyStore(source, target);
  return database;
}

async function check(
  { url }: TestDatabase,
  masters: readonly [MasterSecret] = [master],
): Promise<CheckReport & { readonly said: readonly string[] }> {
  await using store = await openPostgresqlCheck(parseConnectionUrl(url), { masters });
  const said: string[] = [];
  const report = await checkStore(store, {
    onFinding: ({ where, key, message }) =>
      said.push(`${where}${key === undefined ? '' : ` ${key}`}: ${message}`),
  });
  return { ...report, said };
}

async function dropConstraints({ sql }: TestDatabase): Promise<void> {
  const found = await sql(
    "SELECT conrelid::regclass::text AS name, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0",
  );
  for (const { name, conname } of found) await sql(`ALTER TABLE ${name} DROP CONSTRAINT "${conname}"`);
}

describe('a check of a store in PostgreSQL', { skip: skipWithoutPostgresql }, () => {
  test('finds nothing wrong in a sound one, and names each row that is', async (t) => {
    await using database = await filledDatabase();
    const { said, keys, instanceId, tables } = await check(database);
    assert.deepEqual([said, keys, instanceId], [[], 1, 'ssoins-0123456789abcdef']);
    assert.equal(tables.find(({ name }) => name === 'authorization')?.rows, 40);
    await dropConstraints(database);
    for (const [what, sql, expected] of corruptions) {
      await t.test(what, async () => {
        await database.sql('CREATE SCHEMA sound');
        for (const { name } of allTables)
          await database.sql(`CREATE TABLE sound."${name}" AS TABLE "${name}"`);
        await database.sql(sql);
        const { said: found } = await check(database);
        for (const { name } of allTables) {
          await database.sql(`DELETE FROM "${name}"; INSERT INTO "${name}" TABLE sound."${name}"`);
        }
        await database.sql('DROP SCHEMA sound CASCADE');
        for (const pattern of expected) {
          assert.ok(
            found.some((each) => pattern.test(each)),
            `${pattern} in\n${found.join('\n')}`,
          );
        }
        assert.deepEqual(
          found.filter((each) => !expected.some((pattern) => pattern.test(each))),
          [],
        );
      });
    }
  });

  test('names a request whose holder is not that of its address', async () => {
    await using database = await filledDatabase();
    await database.sql(`UPDATE "authorization" SET holder = '\\x01' WHERE id = ${rowId(1)}`);
    assert.deepEqual((await check(database)).said, [
      `authorization id ${rowId(1)}: its holder is not that of its address: limits count it for another one`,
    ]);
  });

  test('names keys that the master secret does not open', async () => {
    await using database = await filledDatabase();
    assert.match(
      (await check(database, [new MasterSecret(randomBytes(32))])).said.join('\n'),
      /^keys: Key 1 in the store is sealed under the master secret/,
    );
    await database.sql("UPDATE stored_key SET sealed_secret = sealed_secret || '\\x00'");
    assert.match((await check(database)).said.join('\n'), /^keys: Key 1 in the store is damaged/);
    await database.sql('DELETE FROM stored_key; DELETE FROM instance');
    assert.deepEqual((await check(database)).said, [
      'instance id: there is none',
      'keys: there are none: everyone signs in and registers anew',
    ]);
  });
});
