import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { Checkpointer } from './checkpoint.ts';

const KIBIBYTE = 1024;
const ENTRY_BYTES = 8 * KIBIBYTE;

/** A database whose log is copied by nobody but the checkpointer. */
function openDatabase<Database extends DatabaseSync>(database: Database): Database {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE entry (filling BLOB)');
  return database;
}

/** Counts the checkpoints it is asked for, which are those on the request thread. */
class CountingDatabase extends DatabaseSync {
  checkpoints = 0;

  override exec(sql: string): void {
    if (sql.includes('wal_checkpoint')) this.checkpoints += 1;
    super.exec(sql);
  }
}

const INTERVAL_MS = 500;

/** Makes the checkpointers of a test look at the log only when the test says so. */
function holdTime(t: TestContext): () => Promise<void> {
  t.mock.timers.enable({ apis: ['setInterval'] });
  return async () => {
    t.mock.timers.tick(INTERVAL_MS);
    await setImmediate();
  };
}

const options = {
  intervalMs: INTERVAL_MS,
  startBytes: 16 * KIBIBYTE,
  restartBytes: 128 * KIBIBYTE,
  cutBytes: 1024 * KIBIBYTE,
};

test('the write-ahead log stays a fraction of what is written, however long it goes on', async (t) => {
  const look = holdTime(t);
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(new DatabaseSync(file));
  const checkpointer = new Checkpointer(database, file, options);
  const insert = database.prepare(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  const logBytes = () => statSync(`${file}-wal`).size;
  let entries = 0;
  do {
    insert.run();
    entries += 1;
    await look();
  } while (entries * ENTRY_BYTES < 4 * logBytes());
  await checkpointer.close();
  assert.equal(database.prepare('SELECT count(*) AS entries FROM entry').get()?.['entries'], entries);
  database.close();
});

test('once the load ends, so do the checkpoints, and the log gives its room back', async (t) => {
  const look = holdTime(t);
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(new CountingDatabase(file));
  const startBytes = 256 * KIBIBYTE;
  const checkpointer = new Checkpointer(database, file, {
    ...options,
    startBytes,
    restartBytes: 0,
  });
  t.after(async () => {
    await checkpointer.close();
    database.close();
  });
  const insert = database.prepare(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  for (let entries = 0; entries * ENTRY_BYTES <= 2 * startBytes; entries += 1) insert.run();
  while (database.checkpoints === 0) await look();
  for (let looks = 0; looks < 10; looks += 1) await look();
  assert.equal(database.checkpoints, 1, 'while nothing is written');
  insert.run();
  assert.equal(statSync(`${file}-wal`).size, startBytes);
  for (let entries = 0; entries < 10; entries += 1) {
    insert.run();
    await look();
  }
  assert.equal(database.checkpoints, 1, 'while little is');
});

test('a log that has become long gives its room back a part at a time, until it is short', async (t) => {
  const look = holdTime(t);
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(new DatabaseSync(file));
  const cutBytes = 64 * KIBIBYTE;
  const checkpointer = new Checkpointer(database, file, { ...options, cutBytes });
  const insert = database.prepare(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  const logBytes = () => statSync(`${file}-wal`).size;
  while (logBytes() < 512 * KIBIBYTE) insert.run();
  const sizes: number[] = [];
  while (logBytes() > 2 * options.startBytes) {
    await look();
    insert.run();
    sizes.push(logBytes());
  }
  await checkpointer.close();
  database.close();
  const cuts = sizes.slice(1).map((size, index) => (sizes[index] ?? 0) - size);
  assert.ok(Math.max(...cuts) <= cutBytes, `it was cut by ${Math.max(...cuts)} bytes at once`);
});

test('a checkpoint that fails harms neither the process nor the log, and the next one is tried', async (t) => {
  const look = holdTime(t);
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(new DatabaseSync(file));
  const broken = join(folder.path, 'broken.db');
  mkdirSync(broken);
  writeFileSync(`${broken}-wal`, 'no database has this log');
  const failing = new Checkpointer(database, broken, { ...options, startBytes: 0 });
  database.exec(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  const working = new Checkpointer(database, file, { ...options, startBytes: 0 });
  while (statSync(file).size < ENTRY_BYTES) await look();
  await Promise.all([failing.close(), working.close()]);
  database.close();
});

test('a database that has little to copy costs no thread', async (t) => {
  const look = holdTime(t);
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(new DatabaseSync(file));
  const checkpointer = new Checkpointer(database, file, { ...options, startBytes: 1024 * KIBIBYTE });
  database.exec('INSERT INTO entry VALUES (NULL)');
  const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = threads();
  for (let looks = 0; looks < 10; looks += 1) await look();
  assert.ok(threads() <= before, 'a thread was started'); // those of earlier tests may still be ending
  await checkpointer.close();
  database.close();
});
