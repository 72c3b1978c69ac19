import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'yaml';
import type { WatchFolder } from '../files/watch-path.ts';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { DATABASE_FILE } from '../store/sqlite/database-file.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { DirectoryGuard } from './directory-guard.ts';
import { judgeForCommand } from './judge-for-command.ts';
import { loadConfig } from './load-config.ts';
import { loadForStart } from './load-for-start.ts';
import { type DirectoryWatcher, watchDirectory } from './watch-directory.ts';

const withUsers = (...names: string[]) =>
  `users: [${names.map((userName) => `{ userName: ${userName} }`).join(', ')}]\n`;

/** `u0`, `u1`, … */
const people = (count: number) => withUsers(...Array.from({ length: count }, (_, index) => `u${index}`));

/**
 * Watches a file as a server does that has just started. Time passes only while `usersAfter` waits for the directory that is
 * applied next, or `loggedAfter` for a line of the log.
 */
async function watching(
  t: TestContext,
  prepare: (folder: string) => Promise<void>,
  { watchFolder }: { readonly watchFolder?: WatchFolder } = {},
) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latchkey-watch-'));
  await prepare(folder);
  const sources = { env: {}, cwd: folder, dataDir: path.join(folder, 'data') };
  await mkdir(sources.dataDir, { recursive: true });
  const store = openSqliteStore(path.join(sources.dataDir, DATABASE_FILE));
  const events = new EventEmitter<{ line: [string] }>();
  const verdicts: boolean[] = [];
  const logged: string[] = [];
  const log = (message: string) => {
    logged.push(message);
    events.emit('line', message);
  };
  const instanceId = 'ssoins-7e57000000000001';
  let watcher: DirectoryWatcher | undefined;
  /** Starts the server, and after a restart the next one. */
  const start = async () => {
    await watcher?.close();
    const { loaded, directory } = await loadForStart(sources);
    const guard = DirectoryGuard.open(sources.dataDir, log);
    watcher = watchDirectory({
      ...{ loaded, sources, guard, store, instanceId, now: () => 0 },
      log: { info: log, warn: log, error: log },
      ...(directory && { directory }),
      ...(watchFolder && { watchFolder }),
      onVerdict: (isRefused) => verdicts.push(isRefused),
    });
    await watcher.started;
    return watcher;
  };
  t.after(async () => {
    await watcher?.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
  /** Those who may sign in, by their names. */
  const users = async () => {
    const entries = await store.listEntries('user', { limit: 10_000 });
    return entries.filter(({ status }) => status === 'enabled').map(({ userName }) => userName);
  };
  const loggedAfter = async (change: Promise<unknown>, pattern: RegExp) => {
    const line = new Promise<string>((resolve) => {
      events.on('line', (message) => pattern.test(message) && resolve(message));
    });
    await change;
    return passTimeUntil(t, line, 100);
  };
  const usersAfter = async (change: Promise<unknown>) => {
    await loggedAfter(change, /^The directory was read again/);
    return users();
  };
  return {
    folder,
    start,
    watcher: await start(),
    sources,
    store,
    verdicts,
    logged,
    users,
    usersAfter,
    loggedAfter,
  };
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

test('a directory in a file whose changes the system does not tell is passed on all the same', async (t) => {
  const watchFolder: WatchFolder = () => ({ on() {}, close() {} }) as never;
  const { folder, usersAfter } = await watching(t, writeConfig(withUsers('alice')), { watchFolder });
  for (const name of ['bob', 'carol']) {
    assert.deepEqual(await usersAfter(writeConfig(withUsers(name))(folder)), [name]);
  }
});

test('an invalid file changes no directory and logs every problem; once corrected it is passed on', async (t) => {
  const { folder, watcher, users, logged, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  await writeConfig('users: [{ usrName: bob }]\n')(folder);
  await watcher.reload();
  assert.deepEqual(logged.slice(0, 3), [
    'latchkey.yaml:1:9: users[0]: "userName" is missing',
    'latchkey.yaml:1:11: users[0]: unknown key "usrName"; did you mean "userName"?',
    'The directory stays as it was until this is put right',
  ]);
  assert.deepEqual(await users(), ['alice']);
  assert.deepEqual(await usersAfter(writeConfig(withUsers('bob'))(folder)), ['bob']);
});

test('a file that is corrected to the directory in force is logged as right again', async (t) => {
  const { folder, watcher, users, logged } = await watching(t, writeConfig(withUsers('alice')));
  await writeConfig('users: [{ usrName: bob }]\n')(folder);
  await watcher.reload();
  await writeConfig(withUsers('alice'))(folder);
  await watcher.reload();
  assert.deepEqual(logged.slice(-2), [
    'The configuration is right again',
    'The directory was read again (nothing has changed in it)',
  ]);
  assert.deepEqual(await users(), ['alice']);
});

test('the removal of the watched file changes no directory', async (t) => {
  const { folder, watcher, users, logged } = await watching(t, writeConfig(withUsers('alice')));
  await rm(path.join(folder, 'latchkey.yaml'));
  await watcher.reload();
  assert.deepEqual(await users(), ['alice']);
  assert.match(logged[0] ?? '', /latchkey\.yaml: cannot be read/);
});

test('what a change of the directory did is logged', async (t) => {
  const { folder, loggedAfter } = await watching(t, writeConfig(withUsers('alice', 'bob')));
  const change = writeConfig(withUsers('ALICE', 'carol', 'dave'))(folder);
  assert.equal(
    await loggedAfter(change, /read again/),
    'The directory was read again (people: 3, new: 2, access ended: 1)',
  );
});

test('settings that need a restart are logged once, by name, and the directory beside them is passed on', async (t) => {
  const { folder, watcher, users, logged } = await watching(t, writeConfig(withUsers('alice')));
  const text =
    'lifetimes: { session: 1h }\nlimits: { failureWindow: 5m }\nlisten: { port: 0 }\nmodels: [missing]\n';
  await writeConfig(`${withUsers('bob')}${text}tls: { certFile: missing, keyFile: missing }\n`)(folder);
  await watcher.reload();
  await watcher.reload();
  assert.deepEqual(await users(), ['bob']);
  const restart = () => logged.filter((line) => /restart/.test(line));
  assert.deepEqual(restart(), [
    'Settings that need a restart have changed: baseUrl, lifetimes.session, limits.failureWindow, listen.port, models, tls.certFile, tls.keyFile. Restart to apply them',
  ]);
  await writeConfig(withUsers('bob'))(folder);
  await watcher.reload();
  assert.deepEqual(restart().slice(1), [
    'All settings are again as the server runs with them: no restart is needed',
  ]);
});

test('a large change is refused, logged with the line that confirms it, and taken once that line is in the file', async (t) => {
  const { folder, logged, users, loggedAfter, usersAfter } = await watching(t, writeConfig(people(30)));
  const how = await loggedAfter(writeConfig(people(15))(folder), /^If that is meant/);
  assert.match(
    logged[0] ?? '',
    /^REFUSED: latchkey\.yaml ends the access of 15 of 30 people \(removed or disabled: 15\): u15, u16, .*, u24 and 5 more\. The directory stays as it was$/,
  );
  const command = `latchkey check --confirm --config ${folder}/latchkey.yaml --data-dir ${folder}/data`;
  const line = how.match(/confirmedChange: \S+$/)?.[0];
  assert.equal(how, `If that is meant, run \`${command}\`, or add this line to latchkey.yaml: ${line}`);
  assert.equal((await users()).length, 30);
  const after = await usersAfter(writeConfig(`${line}\n${people(15)}`)(folder));
  assert.equal(after.length, 15);
  assert.match(logged[2] ?? '', /^The change 15-of-30-people-\w+ is confirmed$/);
});

test('a large change is taken soon after it was confirmed on the machine, and logged again every hour until then', async (t) => {
  const { folder, sources, users, loggedAfter, usersAfter } = await watching(t, writeConfig(people(30)));
  await loggedAfter(writeConfig(people(15))(folder), /^REFUSED/);
  const reminded = loggedAfter(Promise.resolve(), /^If that is meant/);
  t.mock.timers.tick(3_600_000);
  await reminded;
  assert.equal((await users()).length, 30);
  const guard = DirectoryGuard.open(sources.dataDir, assert.fail);
  const verdict = await judgeForCommand(await loadConfig(sources), guard, assert.fail);
  assert.ok(verdict.kind === 'refused');
  guard.confirmHere(verdict.change);
  assert.equal((await usersAfter(Promise.resolve())).length, 15);
});

test('a restart with a file that was refused, or that is changed meanwhile, goes on with the former directory', async (t) => {
  const { folder, start, logged, users, loggedAfter, usersAfter } = await watching(
    t,
    writeConfig(people(30)),
  );
  for (const count of [15, 14]) {
    await writeConfig(people(count))(folder);
    await start();
    assert.match(
      logged.at(-2) ?? '',
      new RegExp(`^REFUSED: latchkey\\.yaml ends the access of ${30 - count} of 30 people`),
    );
  }
  assert.equal((await users()).length, 30);
  await loggedAfter(writeConfig(people(30))(folder), /^The directory was read again/);
  assert.match(logged.at(-2) ?? '', /^The change 16-of-30-people-\w+ is not in latchkey\.yaml any more$/);
  assert.equal((await usersAfter(writeConfig(people(29))(folder))).length, 29);
});

test('an empty file is refused, and whole again it is taken', async (t) => {
  const { folder, users, loggedAfter, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  await loggedAfter(writeConfig('')(folder), /^REFUSED: latchkey\.yaml has no settings at all/);
  assert.deepEqual(await users(), ['alice']);
  assert.deepEqual(await usersAfter(writeConfig(withUsers('alice', 'bob'))(folder)), ['alice', 'bob']);
});

test('whether the newest file is refused or faulty is known after each reading', async (t) => {
  const { folder, watcher, verdicts } = await watching(t, writeConfig(people(30)));
  for (const text of [people(15), people(29), '', people(29), 'users: [', people(29)]) {
    await writeConfig(text)(folder);
    await watcher.reload();
  }
  assert.deepEqual(verdicts, [false, true, false, true, false, true, false]);
});

test('a reading that ends after the watch was closed changes nothing', async (t) => {
  const { folder, watcher, sources, users, logged } = await watching(t, writeConfig(withUsers('alice')));
  const state = path.join(sources.dataDir, 'taken-changes.json');
  const before = await readFile(state, 'utf8');
  await writeConfig(withUsers('bob'))(folder);
  let closed: Promise<void> | undefined;
  // The environment is looked at when a reading begins.
  const closeFirst = () => {
    closed ??= watcher.close();
    return {};
  };
  Object.defineProperty(sources, 'env', { enumerable: true, get: closeFirst });
  await watcher.reload();
  await closed;
  assert.deepEqual([await users(), logged], [['alice'], []]);
  assert.equal(await readFile(state, 'utf8'), before);
});

test('a file with an entry that another source has is refused with its place, before anything is changed', async (t) => {
  const { folder, store, watcher, users, logged, verdicts } = await watching(
    t,
    writeConfig(withUsers('alice')),
  );
  const user = {
    userName: 'bob',
    displayName: 'Bob',
    emails: [],
    externalIds: [],
    status: 'enabled',
  } as const;
  const steps = [{ kind: 'addUser', user }] as const;
  await store.changeDirectory({ source: 'command', actor: 'command', nowMs: 0, steps });
  await writeConfig('users:\n  - userName: carol\n  - userName: BOB\n')(folder);
  await watcher.reload();
  assert.match(
    logged[0] ?? '',
    /^latchkey\.yaml:3:15: users\[1\]\.userName: user "bob" is in the directory already, from "command", and only/,
  );
  assert.deepEqual([await users(), verdicts.at(-1)], [['alice', 'bob'], true]);
});

test('a file with an external id that another source has is refused with its place, before anything is changed', async (t) => {
  const { folder, store, watcher, users, logged } = await watching(t, writeConfig(withUsers('alice')));
  const user = {
    ...{ userName: 'bob', displayName: 'Bob', emails: [] },
    status: 'enabled',
    externalIds: [{ issuer: 'https://okta.example', id: '7' }],
  } as const;
  const steps = [{ kind: 'addUser', user }] as const;
  await store.changeDirectory({ source: 'provisioning:okta', actor: 'okta', nowMs: 0, steps });
  await writeConfig(
    'users:\n  - userName: adam\n  - userName: carol\n    externalIds: [{ issuer: https://okta.example, id: "7" }]\n',
  )(folder);
  await watcher.reload();
  assert.match(
    logged[0] ?? '',
    /^latchkey\.yaml:3:15: .*user "carol" cannot have the external id "7" of "https:\/\/okta\.example": user "bob", from "provisioning:okta", has it/,
  );
  assert.deepEqual(await users(), ['alice', 'bob']);
});

test('a newer file stops an older one that is being applied, and wins', async (t) => {
  const { folder, watcher, store, usersAfter, logged } = await watching(t, writeConfig(withUsers('alice')));
  const named = (name: string) => {
    const users = Array.from({ length: 2_000 }, (_, index) => ({ userName: `u${index}`, displayName: name }));
    return `users:\n${users.map((user) => `  - ${JSON.stringify(user)}\n`).join('')}  - userName: alice\n`;
  };
  await writeConfig(named('old'))(folder);
  const first = watcher.reload();
  while ((await store.countEntries()).user < 200) await setImmediate();
  await usersAfter(writeConfig(named('new'))(folder).then(() => void watcher.reload()));
  await first;
  const users = await store.listEntries('user', { limit: 10_000 });
  assert.deepEqual(
    [users.length, users.filter(({ displayName }) => displayName === 'new').length],
    [2_001, 2_000],
  );
  const applied = logged.filter((line) => line.startsWith('The directory was read again (people'));
  assert.equal(applied.length, 1, 'the older one was not applied wholly');
});

test('a configuration file that is a pipe is not read a second time', async (t) => {
  const { folder, watcher, logged } = await watching(t, writeConfig(withUsers('alice')));
  await rm(path.join(folder, 'latchkey.yaml'));
  execFileSync('mkfifo', [path.join(folder, 'latchkey.yaml')]);
  await watcher.reload();
  assert.match(logged[0] ?? '', /^latchkey\.yaml: is no file, such as a pipe, and cannot be read again/);
});

test('a data folder in which nothing can be noted delays no change', async (t) => {
  const { folder, sources, logged, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  const state = path.join(sources.dataDir, 'taken-changes.json');
  await rm(state);
  await mkdir(path.join(state, 'in the way'), { recursive: true });
  assert.deepEqual(await usersAfter(writeConfig(withUsers('alice', 'bob'))(folder)), ['alice', 'bob']);
  assert.match(logged[0] ?? '', /^What was taken cannot be noted in the data folder: /);
});

test('after release 0.1 the file is compared with the directory that was in force then', async (t) => {
  const { folder, sources, logged, users, start } = await watching(t, async (folder) => {
    await writeConfig(people(15))(folder);
    await mkdir(path.join(folder, 'data'));
    const directory = {
      users: parse(people(30)).users,
      groups: [],
      accounts: [],
      permissionSets: [],
      assignments: [],
    };
    await writeFile(
      path.join(folder, 'data/directory.json'),
      JSON.stringify({ version: 1, directory, spentNames: ['1-of-1-people-000000000000'] }),
    );
  });
  assert.match(logged[0] ?? '', /^REFUSED: latchkey\.yaml ends the access of 15 of 30 people/);
  assert.equal((await users()).length, 30);
  assert.equal(existsSync(path.join(sources.dataDir, 'directory.json')), false);
  assert.match(
    await readFile(path.join(sources.dataDir, 'taken-changes.json'), 'utf8'),
    /1-of-1-people-000000000000/,
  );
  await writeConfig(people(29))(folder);
  await start();
  assert.equal((await users()).length, 29);
});
