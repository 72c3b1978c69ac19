import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fs, {
  copyFileSync,
  createReadStream,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { migrate, SCHEMA_VERSION } from '../store/sqlite/migrations.ts';
import { signInAlice } from '../store/testing/rows.ts';
import { type RestoreOptions, restoreBackup } from './restore-backup.ts';
import { backUp, INSTANCE_ID, NOW_MS, openFolder, openUsedFolder } from './testing/used-folder.ts';

function restore(
  source: Parameters<typeof restoreBackup>[0],
  dataDir: string,
  change: Partial<RestoreOptions> = {},
) {
  const instanceId = INSTANCE_ID;
  return restoreBackup(source, { dataDir, instanceId, keepSessions: false, nowMs: NOW_MS + 1, ...change });
}

/** A backup with and one without keys, and the closed data folder they were made of, where bob has signed in since. */
async function makeBackups(parent: string) {
  const dataDir = join(parent, 'data');
  const { folder, ...ids } = await openUsedFolder(dataDir);
  const backup = await backUp(dataDir);
  const withKeys = await backUp(dataDir, 'with-keys', { withKeys: true });
  const { signInSessionId: laterId } = await signInAlice(folder.store);
  await folder.close();
  return { dataDir, backup, withKeys, laterId, ...ids };
}

test('a restore brings the rows of the backup back, ends their sessions, and keeps the database of before aside', async () => {
  using parent = temporaryFolder();
  const { dataDir, backup, signInSessionId, authorizationId, laterId } = await makeBackups(parent.path);
  const restored = await restore(backup, dataDir);
  assert.equal(restored.createdAt, '2026-01-01T12:00:00.000Z');
  assert.equal(restored.sessionsEnded, 2);
  assert.equal(restored.keptAside, join(dataDir, 'latchkey.db.before-restore-20260101T120000Z'));
  const { store, close } = openFolder(dataDir);
  assert.equal((await store.findSignInSession(signInSessionId))?.endedAtMs, NOW_MS + 1);
  const authorization = await store.findAuthorization(authorizationId);
  assert.ok(authorization?.state === 'active' && authorization.endedAtMs === NOW_MS + 1);
  assert.equal(await store.findSignInSession(laterId), undefined);
  await close();
  const aside = new DatabaseSync(restored.keptAside ?? '', { readOnly: true });
  assert.equal(aside.prepare('SELECT count(*) AS n FROM sign_in_session').get()?.['n'], 2);
  aside.close();
  assert.equal(statSync(restored.keptAside ?? '').mode & 0o777, 0o600);
});

test('a restore that keeps the sessions leaves them as they were', async () => {
  using parent = temporaryFolder();
  const { dataDir, backup, signInSessionId, authorizationId } = await makeBackups(parent.path);
  assert.equal((await restore(backup, dataDir, { keepSessions: true })).sessionsEnded, 0);
  const { store, close } = openFolder(dataDir);
  assert.equal((await store.findSignInSession(signInSessionId))?.endedAtMs, null);
  const authorization = await store.findAuthorization(authorizationId);
  assert.ok(authorization?.state === 'active' && authorization.endedAtMs === null);
  await close();
});

test('a backup with keys is restored on a new machine with its keys and its instance id, for their owner alone', async () => {
  using parent = temporaryFolder();
  const { dataDir, withKeys, signInSessionId } = await makeBackups(parent.path);
  const fresh = join(parent.path, 'fresh');
  const { tookKeys, keptAside } = await restore(createReadStream(withKeys), fresh, { instanceId: undefined });
  assert.deepEqual([tookKeys, keptAside], [true, undefined]);
  assert.deepEqual(readdirSync(fresh).toSorted(), ['instance-id', 'keys.json', 'latchkey.db', 'lock.db']);
  const keys = readFileSync(join(dataDir, 'keys.json'), 'utf8');
  assert.equal(readFileSync(join(fresh, 'keys.json'), 'utf8'), keys);
  assert.equal(readFileSync(join(fresh, 'instance-id'), 'utf8'), `${INSTANCE_ID}\n`);
  for (const file of readdirSync(fresh)) assert.equal(statSync(join(fresh, file)).mode & 0o777, 0o600, file);
  const { store, close } = openFolder(fresh);
  assert.notEqual(await store.findSignInSession(signInSessionId), undefined);
  await close();
});

test('what root restores belongs to the owner of the data folder', {
  skip: process.getuid?.() === 0 ? false : 'only root gives files away',
}, async () => {
  using parent = temporaryFolder();
  const { withKeys } = await makeBackups(parent.path);
  const fresh = join(parent.path, 'fresh');
  fs.mkdirSync(fresh);
  fs.chownSync(fresh, 1234, 1235);
  await restore(withKeys, fresh, { instanceId: undefined });
  for (const file of readdirSync(fresh)) {
    const { uid, gid } = statSync(join(fresh, file));
    assert.deepEqual([uid, gid], [1234, 1235], file);
  }
});

test('no key of a backup is in the database that it is restored to', async () => {
  using parent = temporaryFolder();
  const { dataDir, withKeys } = await makeBackups(parent.path);
  await restore(withKeys, dataDir);
  const [{ secret }] = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')).keys;
  assert.ok(readFileSync(withKeys).includes(secret));
  assert.equal(readFileSync(join(dataDir, 'latchkey.db')).includes(secret), false);
});

test('a backup from before the keys were rotated is restored', async () => {
  using parent = temporaryFolder();
  const { dataDir, backup } = await makeBackups(parent.path);
  const file = join(dataDir, 'keys.json');
  const { keys } = JSON.parse(readFileSync(file, 'utf8'));
  const newer = { ...keys[0], id: 2, secret: Buffer.alloc(32, 7).toString('base64url') };
  writeFileSync(file, JSON.stringify({ keys: [...keys, newer] }));
  await restore(backup, dataDir);
});

test('a backup of a database with an older schema is migrated', async () => {
  using parent = temporaryFolder();
  const { dataDir, backup } = await makeBackups(parent.path);
  const old = join(parent.path, 'old');
  const database = new DatabaseSync(old);
  migrate(database, 1);
  database.exec(`ATTACH '${backup}' AS b; CREATE TABLE latchkey_backup AS SELECT * FROM b.latchkey_backup`);
  database.close();
  await restore(old, dataDir);
  const restored = new DatabaseSync(join(dataDir, 'latchkey.db'));
  assert.equal(restored.prepare('PRAGMA user_version').get()?.['user_version'], SCHEMA_VERSION);
  assert.deepEqual(restored.prepare('SELECT * FROM answer').all(), []);
  restored.close();
});

/** Every file of a folder and what is in it. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder).toSorted();
  return Object.fromEntries(files.map((name) => [name, hash('sha256', readFileSync(join(folder, name)))]));
}

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

interface Paths {
  readonly backup: string;
  readonly withKeys: string;
  readonly dataDir: string;
}

type Refusal = readonly [
  what: string,
  said: RegExp,
  /** Makes the file that is refused. @returns its path; anything else stands for that of `backup` */
  make: (paths: Paths) => unknown,
  change?: Partial<RestoreOptions>,
];

const refusals: readonly Refusal[] = [
  ['a file that is not there', /^it cannot be read: no such file or folder$/, () => '/no/such/file'],
  ['a folder', /^it cannot be read: it is a folder$/, ({ dataDir }) => dataDir],
  ['an empty file', /^it is no backup of Latchkey$/, ({ backup }) => writeFileSync(backup, '')],
  ['a text', /^it is no backup of Latchkey$/, ({ backup }) => writeFileSync(backup, 'x'.repeat(5000))],
  [
    'a plain copy of a database',
    /^it is a database, but was not made by `latchkey backup`$/,
    ({ dataDir }) => join(dataDir, 'latchkey.db'),
  ],
  [
    'a database of another program',
    /^it is a database, but was not made by `latchkey backup`$/,
    ({ backup }) => {
      rmSync(backup);
      change(backup, 'CREATE TABLE t (a)');
    },
  ],
  [
    'a backup with a newer schema',
    /^The database has schema 99, made by a newer Latchkey/,
    ({ backup }) => change(backup, 'PRAGMA user_version = 99'),
  ],
  [
    'a backup of a newer format',
    /^it was made by a newer Latchkey/,
    ({ backup }) => change(backup, 'UPDATE latchkey_backup SET format = 2'),
  ],
  [
    'a backup whose note is damaged',
    /^what it says of itself cannot be read$/,
    ({ backup }) => change(backup, "UPDATE latchkey_backup SET note = '{'"),
  ],
  [
    'a backup that is cut off',
    /^it is damaged$/,
    ({ backup }) => fs.truncateSync(backup, statSync(backup).size - 4096),
  ],
  [
    'a backup with a damaged page',
    /^it is damaged$/,
    ({ backup }) => writeFileSync(backup, readFileSync(backup).fill(0xff, 4096, 8192)),
  ],
  [
    'a backup of another instance',
    /^it is of the instance ssoins-0123456789abcdef, and this is ssoins-ffffffffffffffff$/,
    () => {},
    { instanceId: 'ssoins-ffffffffffffffff' },
  ],
  [
    'a backup without keys where there are none',
    /^its keys are neither in it nor in /,
    ({ dataDir }) => rmSync(join(dataDir, 'keys.json')),
  ],
  [
    'a backup whose keys are others',
    /^it belongs to other keys than those in .*: put the keys\.json that belongs to it there$/,
    ({ dataDir }) => replaceKeys(dataDir),
  ],
  [
    'a backup with other keys',
    /: move that file away, and those of the backup are taken$/,
    ({ withKeys, dataDir }) => {
      replaceKeys(dataDir);
      return withKeys;
    },
  ],
  [
    'a backup with keys that are damaged',
    /^it cannot be put into .*: The keys at .* are damaged/,
    ({ withKeys, dataDir }) => {
      rmSync(join(dataDir, 'keys.json'));
      change(withKeys, "UPDATE latchkey_backup SET note = json_set(note, '$.keyFile', '{}')");
      return withKeys;
    },
  ],
];

function replaceKeys(dataDir: string): void {
  const file = join(dataDir, 'keys.json');
  const { keys } = JSON.parse(readFileSync(file, 'utf8'));
  const other = { ...keys[0], secret: Buffer.alloc(32, 7).toString('base64url') };
  writeFileSync(file, JSON.stringify({ keys: [other] }));
}

for (const [what, said, make, options] of refusals) {
  test(`${what} is not restored, and nothing is changed`, async () => {
    using parent = temporaryFolder();
    const paths = await makeBackups(parent.path);
    const { dataDir } = paths;
    const made = make(paths);
    const file = typeof made === 'string' ? made : paths.backup;
    const before = snapshot(dataDir);
    await assert.rejects(restore(file, dataDir, options), (error: Error) => {
      assert.equal(error.name, 'BackupError');
      assert.match(error.message, said);
      return true;
    });
    assert.deepEqual(snapshot(dataDir), before);
  });
}

test('nothing is restored into the data folder of a running server', async () => {
  using parent = temporaryFolder();
  const { dataDir, backup } = await makeBackups(parent.path);
  const { close } = openFolder(dataDir);
  await assert.rejects(restore(backup, dataDir), { name: 'FolderLockedError' });
  await close();
  await restore(backup, dataDir);
});

for (const failing of ['renameSync', 'chownSync'] as const) {
  test(`a restore that fails at its end (${failing}) leaves everything as it was`, async (t) => {
    using parent = temporaryFolder();
    const { dataDir, withKeys } = await makeBackups(parent.path);
    const keys = join(parent.path, 'keys.json');
    copyFileSync(join(dataDir, 'keys.json'), keys);
    rmSync(join(dataDir, 'keys.json'));
    const before = snapshot(dataDir);
    const { renameSync } = fs;
    t.mock.method(fs, failing, (from: string, to: string) => {
      if (failing === 'renameSync' && !to.endsWith('latchkey.db')) return renameSync(from, to);
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    syncBuiltinESMExports();
    t.after(() => {
      t.mock.restoreAll();
      syncBuiltinESMExports();
    });
    if (failing === 'chownSync' && process.getuid?.() !== 0) return t.skip('only root gives files away');
    await assert.rejects(restore(withKeys, dataDir, { instanceId: undefined }), /no space left on the disk/);
    assert.deepEqual(snapshot(dataDir), before);
  });
}
