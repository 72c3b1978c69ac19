import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { Checkpointer } from './checkpoint.ts';

const KIBIBYTE = 1024;
const ENTRY_BYTES = 8 * KIBIBYTE;

/** A database whose log is copied by nobody but the checkpointer. */
function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE entry (filling BLOB)');
  return database;
}

const options = { intervalMs: 1, startBytes: 16 * KIBIBYTE, restartBytes: 128 * KIBIBYTE };

test('the write-ahead log stays a fraction of what is written, however long it goes on', {
  timeout: 30_000,
}, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(file);
  const checkpointer = new Checkpointer(database, file, options);
  const insert = database.prepare(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  const logBytes = () => statSync(`${file}-wal`).size;
  let entries = 0;
  do {
    insert.run();
    entries += 1;
    await setImmediate();
  } while (entries * ENTRY_BYTES < 4 * logBytes());
  await checkpointer.close();
  assert.equal(database.prepare('SELECT count(*) AS entries FROM entry').get()?.['entries'], entries);
  database.close();
});

test('a checkpoint that fails harms neither the process nor the log, and the next one is tried', {
  timeout: 30_000,
}, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(file);
  const nowhere = join(folder.path, 'missing', 'latchkey.db');
  const failing = new Checkpointer(database, nowhere, { ...options, startBytes: 0 });
  database.exec(`INSERT INTO entry VALUES (zeroblob(${ENTRY_BYTES}))`);
  const working = new Checkpointer(database, file, { ...options, startBytes: 0 });
  while (statSync(file).size < ENTRY_BYTES) await setImmediate();
  await Promise.all([failing.close(), working.close()]);
  database.close();
});

test('a database that has little to copy costs no thread', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'latchkey.db');
  const database = openDatabase(file);
  const checkpointer = new Checkpointer(database, file, { ...options, startBytes: 1024 * KIBIBYTE });
  database.exec('INSERT INTO entry VALUES (NULL)');
  const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = threads();
  for (let i = 0; i < 50; i += 1) await setImmediate();
  assert.equal(threads(), before);
  await checkpointer.close();
  database.close();
});
