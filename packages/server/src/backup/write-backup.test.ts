import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { signInAlice } from '../store/testing/rows.ts';
import { backUp, INSTANCE_ID, NOW_MS, openUsedFolder } from './testing/used-folder.ts';
import { writeBackup } from './write-backup.ts';

/** The secret of the only key in a key file. */
function secretIn(dataDir: string): string {
  return JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')).keys[0].secret;
}

test('a backup of a running instance has every row, in one file that its owner alone can read', async () => {
  using parent = temporaryFolder();
  const dataDir = join(parent.path, 'data');
  const { folder, signInSessionId, authorizationId } = await openUsedFolder(dataDir);
  const file = await backUp(dataDir);
  assert.deepEqual(readdirSync(parent.path), ['backup', 'data']);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const copy = new DatabaseSync(file, { readOnly: true });
  for (const [table, id] of [
    ['sign_in_session', signInSessionId],
    ['authorization', authorizationId],
  ] as const) {
    assert.equal(copy.prepare(`SELECT id FROM ${table}`).get()?.['id'], id);
  }
  copy.close();
  await folder.close();
});

test('a backup has the keys only where they are asked for', async () => {
  using parent = temporaryFolder();
  const dataDir = join(parent.path, 'data');
  const { folder } = await openUsedFolder(dataDir);
  const without = await backUp(dataDir);
  const withKeys = await backUp(dataDir, 'with-keys', { withKeys: true });
  assert.equal(readFileSync(without).includes(secretIn(dataDir)), false);
  assert.equal(readFileSync(withKeys).includes(secretIn(dataDir)), true);
  assert.equal(statSync(withKeys).mode & 0o777, 0o600);
  await folder.close();
});

test('a backup replaces no file, and leaves none behind when it is refused', async () => {
  using parent = temporaryFolder();
  const dataDir = join(parent.path, 'data');
  const { folder } = await openUsedFolder(dataDir);
  writeFileSync(join(parent.path, 'backup'), 'precious');
  await assert.rejects(backUp(dataDir), { name: 'BackupError', message: /backup is there already/ });
  assert.equal(readFileSync(join(parent.path, 'backup'), 'utf8'), 'precious');
  assert.deepEqual(readdirSync(parent.path), ['backup', 'data']);
  await folder.close();
});

test('a file that appears while the backup is made is not replaced', async () => {
  using parent = temporaryFolder();
  const dataDir = join(parent.path, 'data');
  const { folder } = await openUsedFolder(dataDir);
  const file = join(parent.path, 'backup');
  const { signal } = new AbortController();
  const writing = writeBackup(file, {
    ...{ dataDir, instanceId: INSTANCE_ID, withKeys: false, nowMs: NOW_MS, signal },
    onProgress() {},
  });
  writeFileSync(file, 'precious');
  await assert.rejects(writing, /backup is there already/);
  assert.equal(readFileSync(file, 'utf8'), 'precious');
  await folder.close();
});

test('a backup that is interrupted leaves nothing behind, and tells how far it came', async () => {
  using parent = temporaryFolder();
  const dataDir = join(parent.path, 'data');
  const { folder } = await openUsedFolder(dataDir);
  await Promise.all(Array.from({ length: 40_000 }, () => signInAlice(folder.store)));
  const interruption = new AbortController();
  const seen: { done: number; total: number }[] = [];
  const writing = writeBackup(join(parent.path, 'backup'), {
    ...{ dataDir, instanceId: INSTANCE_ID, withKeys: false, nowMs: NOW_MS, signal: interruption.signal },
    onProgress(pages) {
      seen.push(pages);
      interruption.abort();
    },
  });
  await assert.rejects(writing, { name: 'AbortError' });
  assert.deepEqual(readdirSync(parent.path), ['data']);
  assert.equal(seen.length, 1);
  assert.ok(seen.every(({ done, total }) => done > 0 && done < total));
  await folder.close();
});

for (const missing of ['latchkey.db', 'keys.json']) {
  test(`a data folder without ${missing} cannot be backed up`, async () => {
    using parent = temporaryFolder();
    const dataDir = join(parent.path, 'data');
    const { folder } = await openUsedFolder(dataDir);
    await folder.close();
    rmSync(join(dataDir, missing));
    await assert.rejects(backUp(dataDir), { name: 'BackupError', message: /^There is no / });
    assert.deepEqual(readdirSync(parent.path), ['data']);
  });
}
