import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { writeInstanceId } from '../../packages/server/src/config/instance-id.ts';
import { openDataFolder } from '../../packages/server/src/data-folder.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { makeKeyFile, readKeyFile } from '../../packages/server/src/keys/key-file.ts';
import { MasterSecret } from '../../packages/server/src/keys/master-secret.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { migrations } from '../../packages/server/src/store/postgresql/migrations.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { knownStatements } from '../../packages/server/src/store/postgresql/statement.ts';
import { HOLDER, tables } from '../../packages/server/src/store/rows/tables.ts';
import { fillTables, rowId } from '../../packages/server/src/store/testing/fill-tables.ts';
import { findUnportable } from '../../packages/server/src/store/testing/portable-sql.ts';
import { START_MS } from '../../packages/server/src/store/testing/rows.ts';
import { checkStore } from '../../packages/server/src/store-check/check-store.ts';
import type { Finding } from '../../packages/server/src/store-check/finding.ts';
import { openSqliteCheck } from '../../packages/server/src/store-check/sqlite-check.ts';
import { type CopyReport, copyStore } from '../../packages/server/src/store-copy/copy-store.ts';
import {
  openPostgresqlSource,
  openPostgresqlTarget,
} from '../../packages/server/src/store-copy/postgresql-sides.ts';
import type { CopySource, CopyTarget } from '../../packages/server/src/store-copy/sides.ts';
import { openSqliteSource, openSqliteTarget } from '../../packages/server/src/store-copy/sqlite-sides.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

const INSTANCE_ID = 'ssoins-0123456789abcdef';
const master = new MasterSecret(randomBytes(32));
const options = { masters: [master] as const, release: 'of tests', now: () => START_MS };
/** Two ranges of rows, and a part of a third. */
const MANY = 2_100;
const TWO_RANGES = 1_010;

/** The data folder of a stopped server whose tables have so many rows. */
async function makeFolder(folder: string, rows: number): Promise<string> {
  const opened = openDataFolder(folder, { nowMs: START_MS, warn() {}, storeOptions: {} });
  await opened.close();
  writeInstanceId(folder, INSTANCE_ID);
  const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const keys = [
    { id: 7, createdAt: '2026-01-01T00:00:00.001Z', secret: secret(1) },
    { id: 8, createdAt: '2026-04-01T00:00:00.002Z', secret: secret(2) },
  ];
  makeKeyFile(folder, JSON.stringify({ keys }), undefined);
  change(folder, (database) => fillTables(database, rows));
  return folder;
}

function change(folder: string, make: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path.join(folder, 'latchkey.db'));
  make(database);
  database.close();
}

/** Everything in the database of a folder. */
function contentOf(folder: string): unknown {
  const database = new DatabaseSync(path.join(folder, 'latchkey.db'), { readOnly: true });
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const content = names.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
  database.close();
  return content;
}

function fileOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'base64');
}

const toPostgresql = ({ url }: TestDatabase) => openPostgresqlTarget(parseConnectionUrl(url), options);
const fromPostgresql = ({ url }: TestDatabase) => openPostgresqlSource(parseConnectionUrl(url), options);

async function copy(
  from: CopySource | Promise<CopySource>,
  to: CopyTarget | Promise<CopyTarget>,
): Promise<CopyReport> {
  await using opened = new AsyncDisposableStack();
  const both = await Promise.allSettled([from, to] as const);
  for (const each of both) if (each.status === 'fulfilled') opened.use(each.value);
  const [source, target] = both;
  if (source.status === 'rejected') throw source.reason;
  if (target.status === 'rejected') throw target.reason;
  return await copyStore(source.value, target.value);
}

/** A target whose process is killed before or after its second transaction for the table. */
function cutting(target: CopyTarget, table: string, when: 'before' | 'after'): CopyTarget {
  const { rows } = target;
  let appends = 0;
  return {
    ...target,
    rows: {
      count: (of) => rows.count(of),
      readRange: (of, after) => rows.readRange(of, after),
      findRows: (of, condition) => rows.findRows(of, condition),
      findNote: () => rows.findNote(),
      finish: () => rows.finish(),
      async append(into, added, progress) {
        if (into.name === table) appends += 1;
        const isCut = into.name === table && appends === 2;
        if (isCut && when === 'before') throw new Cut();
        await rows.append(into, added, progress);
        if (isCut) throw new Cut();
      },
    },
  };
}

class Cut extends Error {}

describe('a copy of a store', { skip: skipWithoutPostgresql }, () => {
  test('the list of tables has every table and every column of PostgreSQL', async () => {
    await using database = await newDatabase();
    await (await toPostgresql(database))[Symbol.asyncDispose]();
    const columns = await database.sql(
      `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
       WHERE table_schema = current_schema() ORDER BY 1, 2`,
    );
    const types = { integer: 'bigint', text: 'text', bytes: 'bytea', uuid: 'uuid' } as const;
    const listed = tables.flatMap(({ name, columns: all }) =>
      all.map((each) => [name, each.name, types[each.type], each.isNullable ? 'YES' : 'NO']),
    );
    const others = [
      [HOLDER.table, HOLDER.column, 'bytea', 'YES'],
      // What is no row of the store: the instance and its keys go along by themselves.
      ['instance', 'one', 'bigint', 'NO'],
      ['instance', 'id', 'text', 'NO'],
      ['stored_key', 'id', 'bigint', 'NO'],
      ['stored_key', 'created_at_ms', 'bigint', 'NO'],
      ['stored_key', 'current_from_ms', 'bigint', 'NO'],
      ['stored_key', 'master_id', 'bytea', 'NO'],
      ['stored_key', 'sealed_secret', 'bytea', 'NO'],
      // What belongs to the database itself.
      ['schema_state', 'one', 'bigint', 'NO'],
      ['schema_state', 'step', 'bigint', 'NO'],
      ['schema_state', 'oldest_step_served', 'bigint', 'NO'],
      ['schema_state', 'migrating_by', 'uuid', 'YES'],
      ['schema_state', 'migrating_until_ms', 'bigint', 'YES'],
      ['replica', 'id', 'uuid', 'NO'],
      ['replica', 'release', 'text', 'NO'],
      ['replica', 'schema_step', 'bigint', 'NO'],
      ['replica', 'seen_at_ms', 'bigint', 'NO'],
    ];
    assert.deepEqual(
      [...listed, ...others].map(String).toSorted(),
      columns.map((each) => Object.values(each).join()).toSorted(),
    );
    const keys = await database.sql(
      `SELECT c.table_name AS name, string_agg(k.column_name, ',' ORDER BY k.ordinal_position) AS key
       FROM information_schema.table_constraints c
       JOIN information_schema.key_column_usage k ON k.constraint_name = c.constraint_name
        AND k.table_schema = c.table_schema
       WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema() GROUP BY 1`,
    );
    for (const { name, key } of tables) {
      const real = keys.find((each) => each['name'] === name);
      assert.equal(key.map((each) => each.name).join(), real?.['key'], name);
    }
  });

  test('goes to PostgreSQL and back with every row, the keys and the instance id, and the source stays as it was', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), MANY);
    const before = fileOf(folder, 'latchkey.db');
    const there = await copy(openSqliteSource(folder), toPostgresql(database));
    assert.equal(fileOf(folder, 'latchkey.db'), before);
    assert.deepEqual([there.instanceId, there.keys, there.tables.length], [INSTANCE_ID, 2, tables.length]);
    assert.ok(there.tables.every(({ rows, name }) => rows >= MANY || name === 'directory_state'));
    assert.equal(
      (await database.sql('SELECT count(*) AS n FROM "authorization" WHERE holder IS NOT NULL'))[0]?.['n'],
      String(MANY / 4),
    );

    const back = path.join(parent.path, 'back');
    assert.deepEqual(await copy(fromPostgresql(database), openSqliteTarget(back)), there);
    assert.deepEqual(contentOf(back), contentOf(folder));
    for (const { text } of knownStatements()) assert.deepEqual(await findUnportable(text), [], text);
    assert.equal(fileOf(back, 'instance-id'), fileOf(folder, 'instance-id'));
    assert.deepEqual(readKeyFile(back)?.masters, readKeyFile(folder)?.masters);
    for (const name of ['keys.json', 'instance-id', 'latchkey.db', 'lock.db']) {
      assert.equal(statSync(path.join(back, name)).mode & 0o777, 0o600, name);
    }
  });

  test('that is cut off before or after the commit of a range, in each table, is gone on with, and no server starts meanwhile', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), TWO_RANGES);
    const back = path.join(parent.path, 'back');
    const cutEach = async (
      first: 'before' | 'after',
      open: { from: () => CopySource | Promise<CopySource>; to: () => CopyTarget | Promise<CopyTarget> },
    ) => {
      let when = first;
      for (const { name } of tables.filter((each) => each.name !== 'directory_state')) {
        await using source = await open.from();
        await using target = await open.to();
        await assert.rejects(copyStore(source, cutting(target, name, when)), Cut, name);
        when = when === 'before' ? 'after' : 'before';
      }
    };
    const there = { from: () => openSqliteSource(folder), to: () => toPostgresql(database) };
    await cutEach('before', there);
    await assert.rejects(openStore(database), { code: 'UNFINISHED_COPY' });
    const report = await copy(there.from(), there.to());
    const again = { from: () => fromPostgresql(database), to: () => openSqliteTarget(back) };
    await cutEach('after', again);
    assert.throws(
      () => openDataFolder(back, { nowMs: START_MS, warn() {}, storeOptions: {} }),
      /A copy into this store was begun and is not finished: run the same `latchkey store copy` again/,
    );
    assert.deepEqual(await copy(again.from(), again.to()), report);
    assert.deepEqual(contentOf(back), contentOf(folder));
  });

  test('of one source is not gone on with from another', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 10);
    const other = await makeFolder(path.join(parent.path, 'other'), 10);
    await begin(openSqliteSource(folder), toPostgresql(database));
    await assert.rejects(
      copy(openSqliteSource(other), toPostgresql(database)),
      /has the beginning of another copy, of ssoins-0123456789abcdef at .*first, and this one is of .*other: go on with that one, or empty the target/,
    );
    const back = path.join(parent.path, 'back');
    await begin(openSqliteSource(folder), openSqliteTarget(back));
    await assert.rejects(
      copy(openSqliteSource(other), openSqliteTarget(back)),
      /has the beginning of another copy/,
    );
  });

  for (const [what, table, sql] of [
    [
      'a changed row',
      'sign_in_session',
      'UPDATE sign_in_session SET ended_at_ms = created_at_ms + 9 WHERE id = (SELECT min(id) FROM sign_in_session)',
    ],
    [
      'a row that is gone',
      'answer',
      'DELETE FROM answer WHERE question_digest = (SELECT min(question_digest) FROM answer)',
    ],
    [
      'a new row',
      'attempt_window',
      "INSERT INTO attempt_window VALUES (x'00000000000000000000000000000000', 1, 1, x'')",
    ],
  ] as const) {
    test(`notices ${what} in a source that was used between two runs, and names it`, async () => {
      await using database = await newDatabase();
      using parent = temporaryFolder();
      const folder = await makeFolder(path.join(parent.path, 'first'), 30);
      await begin(openSqliteSource(folder), toPostgresql(database));
      change(folder, (opened) => opened.exec(sql));
      await assert.rejects(
        copy(openSqliteSource(folder), toPostgresql(database)),
        new RegExp(
          `first has changed since the copy began: the row of ${table} with .* (is another|is missing in the target|is in the target alone)\\. Stop what uses it, empty the target, and copy again`,
        ),
      );
      await assert.rejects(openStore(database), { code: 'UNFINISHED_COPY' });
    });
  }

  test('notices a row that the target has lost, and names it', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 30);
    await begin(openSqliteSource(folder), toPostgresql(database));
    await database.sql(`DELETE FROM "authorization" WHERE id = ${rowId(3)}`);
    await assert.rejects(
      copy(openSqliteSource(folder), toPostgresql(database)),
      new RegExp(
        `does not have what was copied into it: the row of authorization with id ${rowId(3)} is missing in the target\\. Empty the target`,
      ),
    );
  });

  test('names the row that the target does not take', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 30);
    change(folder, (opened) =>
      opened.exec(
        `UPDATE device_request SET client_name = 'a' || char(0) || 'b' WHERE authorization_id = ${rowId(5)}`,
      ),
    );
    await assert.rejects(
      copy(openSqliteSource(folder), toPostgresql(database)),
      new RegExp(
        `does not take the row of authorization with id ${rowId(5)}: .*0x00.*store check. of the source says`,
      ),
    );
    await using source = openSqliteCheck(folder);
    const found: Finding[] = [];
    await checkStore(source, { onFinding: (finding) => found.push(finding) });
    assert.deepEqual(
      found.map(({ where, key }) => [where, key]),
      [['authorization', `id ${rowId(5)}`]],
    );
    assert.match(found[0]!.message, /^client_name has U\+0000/);
  });

  test('is refused while a server uses the source or the target, and goes on once it has stopped', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 10);
    const folderServer = openDataFolder(folder, { nowMs: START_MS, warn() {}, storeOptions: {} });
    assert.throws(() => openSqliteSource(folder), /first is in use: stop the server/);
    assert.throws(() => openSqliteTarget(folder), /first is in use: stop the server/);
    await folderServer.close();
    const server = await openStore(database);
    await assert.rejects(
      toPostgresql(database),
      /is in use: 1 server was seen in the last minute, the last 0 s ago/,
    );
    await server.close();
    await copy(openSqliteSource(folder), toPostgresql(database));
    const killed = await openStore(database);
    const back = path.join(parent.path, 'back');
    await assert.rejects(copy(fromPostgresql(database), openSqliteTarget(back)), /is in use/);
    const later = { ...options, now: () => START_MS + 60_000 };
    await copy(openPostgresqlSource(parseConnectionUrl(database.url), later), openSqliteTarget(back));
    await killed.close();
  });

  test('is refused into a store that has anything in it', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 10);
    const other = await makeFolder(path.join(parent.path, 'other'), 10);
    const before = contentOf(other);
    assert.throws(() => openSqliteTarget(other), /other has a keys\.json, so an instance uses it/);
    rmSync(path.join(other, 'keys.json'));
    assert.throws(
      () => openSqliteTarget(other),
      /other is not empty: its store has rows of directory_source/,
    );
    assert.deepEqual(contentOf(other), before);
    await copy(openSqliteSource(folder), toPostgresql(database));
    await assert.rejects(toPostgresql(database), /is not empty: its store has rows of directory_source/);
  });

  test('is refused where the schema of either side is not of this release', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 10);
    await assert.rejects(fromPostgresql(database), /has no store/);
    await (await openStore(database)).close();
    await database.sql('UPDATE schema_state SET step = step + 1');
    await assert.rejects(
      fromPostgresql(database),
      new RegExp(
        `has a store of schema ${migrations.length + 1}, and this Latchkey reads schema ${migrations.length}: use the newer release`,
      ),
    );
    await assert.rejects(toPostgresql(database), /use the newer release/);
    change(folder, (opened) => opened.exec('PRAGMA user_version = 7'));
    assert.throws(
      () => openSqliteSource(folder),
      /has a store of schema 7, .*: start this release with it once/,
    );
    assert.throws(() => openSqliteSource(path.join(parent.path, 'none')), /has no store/);
  });

  test('brings keys that the target’s master secret opens, and no other does', async () => {
    await using database = await newDatabase();
    using parent = temporaryFolder();
    const folder = await makeFolder(path.join(parent.path, 'first'), 10);
    await copy(openSqliteSource(folder), toPostgresql(database));
    const wrong = { ...options, masters: [new MasterSecret(randomBytes(32))] as const };
    const back = path.join(parent.path, 'back');
    await assert.rejects(
      copy(openPostgresqlSource(parseConnectionUrl(database.url), wrong), openSqliteTarget(back)),
      { name: 'MasterSecretError' },
    );
    const secrets = readKeyFile(folder)!.masters.map((key) => Buffer.from(key.secret));
    const stored = await database.sql('SELECT sealed_secret FROM stored_key');
    assert.equal(stored.length, 2);
    for (const { sealed_secret: sealed } of stored) {
      assert.ok(secrets.every((secret) => !(sealed as Buffer).includes(secret)));
    }
  });
});

function openStore({ url }: TestDatabase) {
  return openPostgresqlStore(parseConnectionUrl(url), {
    ...{ ...options, onOutdated: assert.fail, onFailure: () => undefined },
  });
}

/** Copies all rows, and ends before they are compared. */
async function begin(from: CopySource, to: CopyTarget | Promise<CopyTarget>): Promise<void> {
  await using source = from;
  await using target = await to;
  const stopped = new AbortController();
  let total = 0;
  for (const table of tables) total += await source.rows.count(table);
  await assert.rejects(
    copyStore(source, target, {
      signal: stopped.signal,
      onProgress: ({ step, done }) => {
        if (step === 'copied' && done === total) stopped.abort();
      },
    }),
    { name: 'AbortError' },
  );
}
