import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { DATABASE_FILE } from '../store/sqlite/database-file.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { ConfigError } from './config-error.ts';
import { loadForStart } from './load-for-start.ts';
import { MAX_BYTES_HERE } from './read-directory.ts';

const PEOPLE = 2_000;
const users = Array.from({ length: PEOPLE }, (_, index) => `  - userName: user${index}\n`).join('');
assert.ok(users.length > MAX_BYTES_HERE);

/** The file of a folder, in which the directory stands before other settings. */
function withFile(folder: string, settings: string) {
  writeFileSync(join(folder, 'latchkey.yaml'), `users:\n${users}${settings}`);
  return { env: {}, cwd: folder, dataDir: folder };
}

test('a start with a large file that the store has reads no directory, and knows the places of the settings behind it', async () => {
  using folder = temporaryFolder();
  const sources = withFile(folder.path, 'listen:\n  port: 1234\n');
  const store = openSqliteStore(join(folder.path, DATABASE_FILE));
  const { loaded: first, ...directories } = await loadForStart(sources);
  const read = await directories.readDirectory?.();
  assert.deepEqual([directories.directory, read?.facts.counts.users], [undefined, PEOPLE]);
  const sourceDigest = first.digest;
  await read?.close();
  await store.changeDirectory({ source: 'file', actor: 'file', nowMs: 0, sourceDigest, steps: [] });
  await store.close();
  const { loaded, directory } = await loadForStart(sources);
  assert.equal(directory, undefined);
  assert.equal(loaded.config.listen.port, 1234);
  assert.equal(loaded.sourceOf(['listen', 'port']), `latchkey.yaml:${PEOPLE + 3}:9`);
});

test('a start with another large file than the store has, or with the directory of release 0.1, reads it before anything else', async () => {
  for (const hasStore of [true, false]) {
    using folder = temporaryFolder();
    const sources = withFile(folder.path, '');
    if (hasStore) {
      const store = openSqliteStore(join(folder.path, DATABASE_FILE));
      const sourceDigest = Buffer.alloc(32);
      await store.changeDirectory({ source: 'file', actor: 'file', nowMs: 0, sourceDigest, steps: [] });
      await store.close();
    } else {
      writeFileSync(join(folder.path, 'directory.json'), '{}');
    }
    const { directory, readDirectory } = await loadForStart(sources);
    assert.deepEqual([directory?.facts.counts.users, readDirectory], [PEOPLE, undefined]);
    await directory?.close();
  }
});

test('a fault in a setting behind a large directory is told with its place, together with those of the directory', async () => {
  using folder = temporaryFolder();
  const sources = withFile(folder.path, 'listen: { prt: 1 }\ngroups: [{ name: all, members: [nobody] }]\n');
  await assert.rejects(loadForStart(sources), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(
      error.problems.map(({ line }) => line),
      [PEOPLE + 2, PEOPLE + 3],
    );
    return true;
  });
});
