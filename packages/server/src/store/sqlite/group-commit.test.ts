import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { GroupCommit } from './group-commit.ts';

function openDatabase(file = ':memory:'): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS parent (id INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS entry (
      id INTEGER PRIMARY KEY, filling BLOB,
      parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED
    )`);
  return database;
}

function insert(database: DatabaseSync, id: number, { parent = null as number | null, bytes = 0 } = {}) {
  const sql = 'INSERT INTO entry (id, parent, filling) VALUES (?, ?, zeroblob(?))';
  return database.prepare(sql).run(id, parent, bytes).changes;
}

function idsIn(database: DatabaseSync): unknown[] {
  return database
    .prepare('SELECT id FROM entry ORDER BY id')
    .all()
    .map(({ id }) => id);
}

/** How each promise came out: `done`, or the message it was rejected with. */
async function outcomes(changes: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(changes);
  return settled.map((result) => (result.status === 'fulfilled' ? 'done' : (result.reason as Error).message));
}

test('changes asked for together are committed together', async () => {
  using folder = temporaryFolder();
  const database = openDatabase(join(folder.path, 'group.db'));
  const commits = new GroupCommit(database);
  const elsewhere = new DatabaseSync(join(folder.path, 'group.db'));
  const changes = [1, 2, 3].map((id) => commits.change(() => insert(database, id)));
  assert.deepEqual(idsIn(elsewhere), [], 'nothing happens before the turn is over');
  assert.deepEqual(await Promise.all(changes), [1, 1, 1]);
  assert.deepEqual(idsIn(elsewhere), [1, 2, 3]);
  elsewhere.close();
  database.close();
});

test('a change that fails takes its own half-done work back, and no neighbour with it', async () => {
  const database = openDatabase();
  const commits = new GroupCommit(database);
  const changes = [
    commits.change(() => insert(database, 1)),
    commits.change(() => {
      insert(database, 2);
      throw new Error('half way');
    }),
    commits.change(() => insert(database, 1)),
    commits.change(() => insert(database, 3)),
  ];
  const [first, second, third, fourth] = await outcomes(changes);
  assert.deepEqual([first, second, fourth], ['done', 'half way', 'done']);
  assert.match(third ?? '', /UNIQUE constraint failed/);
  assert.deepEqual(idsIn(database), [1, 3]);
  database.close();
});

test('a statement that fails at its second row takes its first back, and no neighbour with it', async () => {
  const database = openDatabase();
  const commits = new GroupCommit(database);
  const add = database.prepare('INSERT INTO entry (id) SELECT value FROM json_each(?)');
  const [first, second, third] = await Promise.allSettled([
    commits.run(add, '[1, 2]'),
    commits.run(add, '[3, 1]'),
    commits.run(add, '[4]'),
  ]);
  assert.deepEqual(
    [first, third],
    [
      { status: 'fulfilled', value: 2 },
      { status: 'fulfilled', value: 1 },
    ],
  );
  assert.match(String(second?.status === 'rejected' && second.reason), /UNIQUE constraint failed/);
  assert.deepEqual(idsIn(database), [1, 2, 4]);
  database.close();
});

test('a commit that fails fails every change in it, and later ones work again', async () => {
  const database = openDatabase();
  const commits = new GroupCommit(database);
  const orphan = { parent: 99 };
  const changes = [
    commits.change(() => insert(database, 1)),
    commits.change(() => insert(database, 2, orphan)),
    commits.change(() => insert(database, 3)),
  ];
  for (const outcome of await outcomes(changes)) assert.match(outcome, /could not commit: FOREIGN KEY/);
  assert.deepEqual(idsIn(database), []);
  assert.equal(await commits.change(() => insert(database, 4)), 1);
  database.close();
});

test('while somebody else holds the database, changes fail; then they work again', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'group.db');
  const database = openDatabase(file);
  const commits = new GroupCommit(database);
  const holder = new DatabaseSync(file);
  holder.exec('BEGIN IMMEDIATE');
  const changes = [1, 2].map((id) => commits.change(() => insert(database, id)));
  for (const outcome of await outcomes(changes))
    assert.match(outcome, /could not commit: database is locked/);
  holder.exec('ROLLBACK');
  assert.equal(await commits.change(() => insert(database, 3)), 1);
  assert.deepEqual(idsIn(database), [3]);
  holder.close();
  database.close();
});

test('on a full disk, what was answered is kept and what was refused is not; with room again, all works', async () => {
  using folder = temporaryFolder();
  const database = openDatabase(join(folder.path, 'group.db'));
  const commits = new GroupCommit(database);
  await commits.change(() => insert(database, 1));
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${pages + 1}`);
  const ids = [2, 3, 4, 5];
  const results = await outcomes(
    ids.map((id) => commits.change(() => insert(database, id, { bytes: 100_000 }))),
  );
  assert.ok(
    results.every((result) => /database or disk is full/.test(result)),
    results.join(),
  );
  assert.deepEqual(idsIn(database), [1]);
  database.exec(`PRAGMA max_page_count = ${pages + 1000}`);
  assert.equal(await commits.change(() => insert(database, 6, { bytes: 100_000 })), 1);
  assert.deepEqual(idsIn(database), [1, 6]);
  database.close();
});

test('a change asked for while others settle goes into the next commit', async () => {
  const database = openDatabase();
  const commits = new GroupCommit(database);
  const chained = commits
    .change(() => insert(database, 1))
    .then(() => commits.change(() => insert(database, 2)));
  assert.equal(await chained, 1);
  assert.deepEqual(idsIn(database), [1, 2]);
  database.close();
});
