import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Config } from './config/config.ts';
import { lockFolder } from './files/lock-folder.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { createTestContext } from './fixtures/test-context.ts';
import { findExposedSecrets } from './secret-files.ts';

const skip = process.platform === 'win32' && 'Windows has no modes';

/** A data folder with every secret file, each for its owner alone, and the configuration that names them. */
async function makeSecrets(folder: string) {
  const { config } = await createTestContext({ users: [{ userName: 'alice', password: 'correct horse' }] });
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const backup = join(dataDir, 'monday');
  new DatabaseSync(backup).exec('CREATE TABLE t (a)');
  const files = {
    keys: join(dataDir, 'keys.json'),
    keysOfBefore: join(dataDir, 'keys.json.old'),
    database: join(dataDir, 'latchkey.db'),
    directory: join(dataDir, 'directory.json'),
    log: join(dataDir, 'latchkey.db-wal'),
    tls: join(folder, 'key.pem'),
    configuration: join(folder, 'latchkey.yaml'),
  };
  for (const file of Object.values(files)) writeFileSync(file, 'secret');
  const all = { ...files, backup };
  for (const file of Object.values(all)) chmodSync(file, 0o600);
  const tls = { certFile: join(folder, 'cert.pem'), keyFile: files.tls };
  const changed: Config = { ...config, dataDir, tls, file: files.configuration };
  return { config: changed, files: all };
}

test('secret files that their owner alone can read are as they should be', { skip }, async () => {
  using folder = temporaryFolder();
  const { config } = await makeSecrets(folder.path);
  writeFileSync(join(config.dataDir, 'instance-id'), 'public', { mode: 0o644 });
  writeFileSync(join(config.dataDir, 'notes.txt'), 'public', { mode: 0o644 });
  assert.deepEqual(findExposedSecrets(config, true), []);
});

for (const name of [
  'keys',
  'keysOfBefore',
  'database',
  'directory',
  'log',
  'tls',
  'configuration',
  'backup',
] as const) {
  for (const mode of [0o644, 0o604, 0o602, 0o666]) {
    test(`a start warns of the file "${name}" with mode ${mode.toString(8)}`, { skip }, async () => {
      using folder = temporaryFolder();
      const { config, files } = await makeSecrets(folder.path);
      chmodSync(files[name], mode);
      const [warning = '', ...more] = findExposedSecrets(config, true);
      assert.deepEqual(more, []);
      assert.ok(
        warning.includes(`the mode of ${files[name]}, 0${mode.toString(8)}, lets in every user`),
        warning,
      );
      assert.match(warning, /: chmod 6[04]0 /);
    });
  }
}

test('keys and databases are for their owner alone; a key for TLS and the configuration may be for a group', {
  skip,
}, async () => {
  using folder = temporaryFolder();
  const { config, files } = await makeSecrets(folder.path);
  for (const file of Object.values(files)) chmodSync(file, 0o640);
  const warnings = findExposedSecrets(config, true);
  const named = Object.entries(files).filter(([, file]) =>
    warnings.some((warning) => warning.includes(`${file},`)),
  );
  assert.deepEqual(
    named.map(([name]) => name),
    ['keys', 'keysOfBefore', 'database', 'directory', 'log', 'backup'],
  );
  for (const warning of warnings) assert.match(warning, /lets in the users of its group/);
});

test('a configuration without password hashes is no secret', { skip }, async () => {
  using folder = temporaryFolder();
  const { config, files } = await makeSecrets(folder.path);
  chmodSync(files.configuration, 0o644);
  assert.deepEqual(findExposedSecrets(config, false), []);
});

test('looking at the files does not give up the lock of the folder', async () => {
  using folder = temporaryFolder();
  const { config } = await makeSecrets(folder.path);
  const unlock = lockFolder(config.dataDir);
  findExposedSecrets(config, true);
  const script = `
    const { lockFolder } = await import(${JSON.stringify(import.meta.resolve('./files/lock-folder.ts'))});
    lockFolder(${JSON.stringify(config.dataDir)});`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.match(stderr, /FolderLockedError/);
  unlock();
});
