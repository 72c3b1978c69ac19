import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { FolderLockedError, lockFolder } from './lock-folder.ts';

/** A process that holds the folder until it is killed, and has forgotten how to give it back. */
async function lockElsewhere(folder: string) {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(import.meta.resolve('./lock-folder.ts'))});
    lockFolder(${JSON.stringify(folder)});
    globalThis.gc();
    await new Promise(setImmediate);
    globalThis.gc();
    console.log('locked');
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script]);
  await once(child.stdout, 'data');
  return child;
}

test('a locked folder cannot be locked again, not even by the same process', () => {
  using folder = temporaryFolder();
  const unlock = lockFolder(folder.path);
  for (let tries = 0; tries < 2; tries += 1) assert.throws(() => lockFolder(folder.path), FolderLockedError);
  unlock();
  lockFolder(folder.path)();
});

test('the lock file of a folder can be read by its owner only', () => {
  using folder = temporaryFolder();
  lockFolder(folder.path)();
  assert.equal(statSync(join(folder.path, 'lock.db')).mode & 0o777, 0o600);
});

test('a folder can be locked again when the process that had locked it is killed', async () => {
  using folder = temporaryFolder();
  const child = await lockElsewhere(folder.path);
  assert.throws(() => lockFolder(folder.path), { code: 'FOLDER_LOCKED' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockFolder(folder.path)();
});

test('locking a folder that cannot be written does not report it as in use', () => {
  using folder = temporaryFolder();
  assert.throws(() => lockFolder(join(folder.path, 'missing')), { code: 'ENOENT' });
});
