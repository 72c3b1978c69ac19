import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openDataFolder } from '../../data-folder.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { runLatchkey } from '../testing/child-process.ts';

const MEGABYTE = 1024 * 1024;

/** Opens the data folder as a server does. @returns what it warns of, and the open folder */
function open(folder: string) {
  const warnings: string[] = [];
  const data = openDataFolder(folder, {
    nowMs: Date.now(),
    warn: (message) => warnings.push(message),
    storeOptions: {},
  });
  return { warnings, close: () => data.close() };
}

/** A data folder whose database cannot give back 40 MB that are free, as one of release 0.1. */
async function makeStuckFolder(folder: string): Promise<string> {
  await open(folder).close();
  const file = path.join(folder, 'latchkey.db');
  const database = new DatabaseSync(file);
  const zeros = JSON.stringify(Array(40).fill(0));
  database.exec(`
    PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM;
    CREATE TABLE filling (bytes BLOB);
    INSERT INTO filling SELECT zeroblob(${MEGABYTE}) FROM json_each('${zeros}');
    DROP TABLE filling`);
  database.close();
  return file;
}

test('latchkey store compact makes a file small that a start has warned of, once its server has stopped', async () => {
  using parent = temporaryFolder();
  const folder = path.join(parent.path, 'data');
  const file = await makeStuckFolder(folder);
  const server = open(folder);
  assert.match(server.warnings.join(), /^4\d MB of .*latchkey\.db are free, .*latchkey store compact/);
  const refused = await runLatchkey(parent.path, ['--data-dir', folder, 'store', 'compact']);
  assert.deepEqual([refused.code, refused.stdout], [1, '']);
  assert.match(refused.stderr, /is in use: stop the server/);
  await server.close();
  const { code, stdout, stderr } = await runLatchkey(parent.path, ['--data-dir', folder, 'store', 'compact']);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^Compacted .*latchkey\.db: 4\d\.\d MB before, \d+ kB now\n$/);
  assert.ok(statSync(file).size < MEGABYTE);
  const again = open(folder);
  assert.deepEqual(again.warnings, []);
  await again.close();
});

test('latchkey store compact says where there is no store', async () => {
  using parent = temporaryFolder();
  const { code, stderr } = await runLatchkey(parent.path, ['--data-dir', parent.path, 'store', 'compact']);
  assert.equal(code, 1);
  assert.match(stderr, /has no store: there is no latchkey\.db in it/);
});
