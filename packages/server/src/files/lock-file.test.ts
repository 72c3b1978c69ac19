import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { withLockFile } from './lock-file.ts';

test('a lock file is there while the work is done, names the process, and is gone afterwards', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'lock');
  const seen = await withLockFile(file, 0, () => readFileSync(file, 'utf8'));
  assert.equal(seen, `${process.pid}\n`);
  assert.ok(!existsSync(file));
});

test('a lock file is gone after work that failed', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'lock');
  const work = withLockFile(file, 0, () => {
    throw new Error('failed');
  });
  await assert.rejects(work, /failed/);
  assert.ok(!existsSync(file));
});

test('a lock that another program holds is waited for, and refused when the time is over', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'lock');
  writeFileSync(file, '');
  await assert.rejects(
    withLockFile(file, 0, () => assert.fail('did the work')),
    {
      name: 'FileLockedError',
      message: `Another program holds the lock ${file}: try again, or delete that file if no such program runs`,
    },
  );
  assert.ok(existsSync(file), 'the lock is that of the other program');
  const waiting = withLockFile(file, Number.POSITIVE_INFINITY, () => 'done');
  rmSync(file);
  assert.equal(await waiting, 'done');
});

test('a folder in which no lock can be made is an error at once', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'missing', 'lock');
  await assert.rejects(
    withLockFile(file, Number.POSITIVE_INFINITY, () => 'done'),
    { code: 'ENOENT' },
  );
});
