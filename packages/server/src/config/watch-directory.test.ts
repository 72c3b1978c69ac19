import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { loadConfig } from './load-config.ts';
import { watchDirectory } from './watch-directory.ts';

const withUsers = (...names: string[]) =>
  `users: [${names.map((userName) => `{ userName: ${userName} }`).join(', ')}]\n`;

/**
 * Watches a file. Time passes only while `usersAfter` waits for the next directory that is handed out after a change,
 * which is whole by then.
 */
async function watching(t: TestContext, prepare: (folder: string) => Promise<void>) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latchkey-watch-'));
  await prepare(folder);
  const sources = { env: {}, cwd: folder };
  const events = new EventEmitter<{ users: [string[]] }>();
  const handedOut: string[][] = [];
  const logged: string[] = [];
  const watcher = watchDirectory({
    config: (await loadConfig(sources)).config,
    sources,
    onChange(directory) {
      const users = directory.users.map(({ userName }) => userName);
      handedOut.push(users);
      events.emit('users', users);
    },
    log: (message) => logged.push(message),
  });
  t.after(async () => {
    watcher.close();
    await rm(folder, { recursive: true });
  });
  const usersAfter = async (change: Promise<unknown>) => {
    const handed = once(events, 'users');
    await change;
    const [users] = await passTimeUntil(t, handed, 100);
    return users;
  };
  return { folder, watcher, handedOut, logged, usersAfter };
}

const writeConfig = (text: string) => (folder: string) => writeFile(path.join(folder, 'latchkey.yaml'), text);

test('a directory that is written into the watched file is passed on', async (t) => {
  const { folder, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  assert.deepEqual(await usersAfter(writeConfig(withUsers('alice', 'bob'))(folder)), ['alice', 'bob']);
});

test('a watched file that an editor replaces is read again, every time', async (t) => {
  const { folder, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  for (const name of ['bob', 'carol']) {
    await writeFile(path.join(folder, 'latchkey.yaml.tmp'), withUsers(name));
    const replaced = rename(path.join(folder, 'latchkey.yaml.tmp'), path.join(folder, 'latchkey.yaml'));
    assert.deepEqual(await usersAfter(replaced), [name]);
  }
});

test('a watched ConfigMap that Kubernetes updates by exchanging a link is read again, every time', async (t) => {
  const version = async (folder: string, name: string, user: string) => {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'latchkey.yaml'), withUsers(user));
    await symlink(name, path.join(folder, '..data_tmp'));
    await rename(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
  };
  const { folder, usersAfter } = await watching(t, async (folder) => {
    await version(folder, '..1', 'alice');
    await symlink(path.join('..data', 'latchkey.yaml'), path.join(folder, 'latchkey.yaml'));
  });
  for (const [name, user] of [
    ['..2', 'bob'],
    ['..3', 'carol'],
  ] as const) {
    await version(folder, name, user);
    const removed = rm(path.join(folder, `..${Number(name.slice(2)) - 1}`), { recursive: true });
    assert.deepEqual(await usersAfter(removed), [user]);
  }
});

test('a watched file that is a link is read again when its target changes', async (t) => {
  const { folder, usersAfter } = await watching(t, async (folder) => {
    await mkdir(path.join(folder, 'repository'));
    await writeFile(path.join(folder, 'repository', 'team.yaml'), withUsers('alice'));
    await symlink(path.join('repository', 'team.yaml'), path.join(folder, 'latchkey.yaml'));
  });
  assert.deepEqual(
    await usersAfter(writeFile(path.join(folder, 'repository', 'team.yaml'), withUsers('bob'))),
    ['bob'],
  );
});

test('an invalid file changes no directory and logs every problem; once corrected it is passed on', async (t) => {
  const { folder, watcher, handedOut, logged, usersAfter } = await watching(
    t,
    writeConfig(withUsers('alice')),
  );
  await writeConfig('users: [{ usrName: bob }]\n')(folder);
  await watcher.reload();
  assert.deepEqual(logged.slice(0, 3), [
    'latchkey.yaml:1:9: users[0]: "userName" is missing',
    'latchkey.yaml:1:11: users[0]: unknown key "usrName"; did you mean "userName"?',
    'The directory stays as it was until this is put right',
  ]);
  assert.deepEqual(handedOut, []);
  assert.deepEqual(await usersAfter(writeConfig(withUsers('bob'))(folder)), ['bob']);
});

test('a file that is corrected to the directory in force is logged as right again', async (t) => {
  const { folder, watcher, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  await writeConfig('users: [{ usrName: bob }]\n')(folder);
  await watcher.reload();
  await writeConfig(withUsers('alice'))(folder);
  await watcher.reload();
  assert.equal(logged.at(-1), 'The configuration is right again');
  assert.deepEqual(handedOut, []);
});

test('the removal of the watched file changes no directory', async (t) => {
  const { folder, watcher, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  await rm(path.join(folder, 'latchkey.yaml'));
  await watcher.reload();
  assert.deepEqual(handedOut, []);
  assert.match(logged[0] ?? '', /latchkey\.yaml: cannot be read/);
});

test('a change of other settings is logged once as needing a restart, and an unchanged directory is not passed on', async (t) => {
  const { folder, watcher, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  await writeConfig(`${withUsers('alice')}lifetimes: { session: 1h }\n`)(folder);
  await watcher.reload();
  await watcher.reload();
  assert.deepEqual(logged, ['Settings other than the directory have changed: restart to apply them']);
  await writeConfig(withUsers('alice'))(folder);
  await watcher.reload();
  assert.equal(logged.length, 1);
  assert.deepEqual(handedOut, []);
});
