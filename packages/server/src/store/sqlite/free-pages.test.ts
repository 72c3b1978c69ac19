import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { askFromDevice, MINUTE_MS, START_MS, signInAlice } from '../testing/rows.ts';
import { compactDatabase, findStuckBytes } from './free-pages.ts';
import { openSqliteStore } from './sqlite-store.ts';

const MEGABYTE = 1024 * 1024;

/** Makes a database of some 12 MB, all of which is free again but one row. */
async function fillAndEmpty(file: string): Promise<void> {
  const store = openSqliteStore(file);
  await signInAlice(store);
  await store.close();
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE filling (bytes BLOB);
    INSERT INTO filling SELECT zeroblob(${MEGABYTE}) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]');
    DROP TABLE filling`);
  database.close();
}

test('a database that rows have left gives its pages back while it is swept, but those for rows to come', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'latchkey.db');
  await fillAndEmpty(file);
  assert.ok(statSync(file).size > 12 * MEGABYTE);
  const store = openSqliteStore(file);
  let sweeps = 1;
  while (!(await store.sweep(START_MS, 100)).finished) sweeps += 1;
  assert.ok(sweeps > 10, `given back in ${sweeps} steps`);
  await askFromDevice(store);
  await store.close();
  const { size } = statSync(file);
  assert.ok(size > 4 * MEGABYTE && size < 5 * MEGABYTE, `${size} bytes are left`);
});

test('a database of an earlier release keeps its size until it is compacted, and gives pages back from then on', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'latchkey.db');
  await fillAndEmpty(file);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM');
  database.close();
  await fillAndEmpty(file);
  const stuck = statSync(file).size;
  const early = openSqliteStore(file);
  assert.equal((await early.sweep(START_MS, 100)).finished, true);
  await early.close();
  assert.equal(statSync(file).size, stuck);

  const { before, now } = compactDatabase(file);
  assert.equal(before, stuck);
  assert.ok(now < MEGABYTE, `${now} bytes are left`);
  assert.equal(statSync(file).size, now);
  await fillAndEmpty(file);
  const later = openSqliteStore(file);
  assert.equal((await later.sweep(START_MS + MINUTE_MS, 100)).finished, false);
  await later.close();
});

test('bytes are stuck in a large database that is half empty and cannot give them back', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'other.db');
  const database = new DatabaseSync(file);
  const fill = (megabytes: number) =>
    database.exec(`
      CREATE TABLE IF NOT EXISTS filling (bytes BLOB);
      INSERT INTO filling SELECT zeroblob(${MEGABYTE}) FROM json_each('${JSON.stringify(Array(megabytes).fill(0))}')`);
  assert.equal(findStuckBytes(file), 0);
  fill(40);
  assert.equal(findStuckBytes(file), 0);
  database.exec('DELETE FROM filling WHERE rowid > 10');
  const stuck = findStuckBytes(file);
  assert.ok(stuck > 29 * MEGABYTE && stuck < 31 * MEGABYTE, `${stuck} bytes`);
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
  fill(40);
  database.exec('DELETE FROM filling WHERE rowid > 10');
  assert.equal(findStuckBytes(file), 0);
  database.close();
});
