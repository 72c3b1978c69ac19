import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WatchFolder } from '../files/watch-path.ts';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { DirectoryGuard } from './directory-guard.ts';
import { loadConfig } from './load-config.ts';
import { type DirectoryWatcher, watchDirectory } from './watch-directory.ts';

const withUsers = (...names: string[]) =>
  `users: [${names.map((userName) => `{ userName: ${userName} }`).join(', ')}]\n`;

/** `u0`, `u1`, … */
const people = (count: number) => withUsers(...Array.from({ length: count }, (_, index) => `u${index}`));

/**
 * Watches a file as a server does that has just started. Time passes only while `usersAfter` waits for the next directory
 * that is handed out after a change, which is whole by then, or `loggedAfter` for a line of the log.
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
  await mkdir(sources.dataDir);
  const events = new EventEmitter<{ users: [string[]]; line: [string] }>();
  const handedOut: string[][] = [];
  const verdicts: boolean[] = [];
  const logged: string[] = [];
  const log = (message: string) => {
    logged.push(message);
    events.emit('line', message);
  };
  let watcher: DirectoryWatcher | undefined;
  /** Starts the server, and after a restart the next one. */
  const start = async () => {
    watcher?.close();
    const loaded = await loadConfig(sources);
    const guard = DirectoryGuard.open(sources.dataDir, log);
    watcher = watchDirectory({
      ...{ loaded, sources, guard, log: { info: log, warn: log, error: log } },
      ...(watchFolder && { watchFolder }),
      directory: guard.directory ?? loaded.config.directory,
      onVerdict: (isRefused) => verdicts.push(isRefused),
      onChange(directory) {
        const users = directory.users.map(({ userName }) => userName);
        handedOut.push(users);
        events.emit('users', users);
      },
    });
    return watcher;
  };
  t.after(async () => {
    watcher?.close();
    await rm(folder, { recursive: true });
  });
  const usersAfter = async (change: Promise<unknown>) => {
    const handed = once(events, 'users');
    await change;
    const [users] = await passTimeUntil(t, handed, 100);
    return users;
  };
  const loggedAfter = async (change: Promise<unknown>, pattern: RegExp) => {
    const line = new Promise<string>((resolve) => {
      events.on('line', (message) => pattern.test(message) && resolve(message));
    });
    await change;
    return passTimeUntil(t, line, 100);
  };
  return {
    folder,
    start,
    watcher: await start(),
    sources,
    handedOut,
    verdicts,
    logged,
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
  assert.deepEqual(logged.slice(-2), [
    'The configuration is right again',
    'The directory was read again (nothing has changed in it)',
  ]);
  assert.deepEqual(handedOut, []);
});

test('the removal of the watched file changes no directory', async (t) => {
  const { folder, watcher, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  await rm(path.join(folder, 'latchkey.yaml'));
  await watcher.reload();
  assert.deepEqual(handedOut, []);
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
  const { folder, watcher, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  const text =
    'lifetimes: { session: 1h }\nlimits: { failureWindow: 5m }\nlisten: { port: 0 }\nmodels: [missing]\n';
  await writeConfig(`${withUsers('bob')}${text}tls: { certFile: missing, keyFile: missing }\n`)(folder);
  await watcher.reload();
  await watcher.reload();
  assert.deepEqual(handedOut, [['bob']]);
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
  const { folder, logged, handedOut, loggedAfter, usersAfter } = await watching(t, writeConfig(people(30)));
  const how = await loggedAfter(writeConfig(people(15))(folder), /^If that is meant/);
  assert.match(
    logged[0] ?? '',
    /^REFUSED: latchkey\.yaml ends the access of 15 of 30 people \(removed or disabled: 15\): u15, u16, .*, u24 and 5 more\. The directory stays as it was$/,
  );
  const command = `latchkey check --confirm --config ${folder}/latchkey.yaml --data-dir ${folder}/data`;
  const line = how.match(/confirmedChange: \S+$/)?.[0];
  assert.equal(how, `If that is meant, run \`${command}\`, or add this line to latchkey.yaml: ${line}`);
  assert.deepEqual(handedOut, []);
  const users = await usersAfter(writeConfig(`${line}\n${people(15)}`)(folder));
  assert.equal(users.length, 15);
  assert.match(logged[2] ?? '', /^The change 15-of-30-people-\w+ is confirmed$/);
});

test('a large change is taken soon after it was confirmed on the machine, and logged again every hour until then', async (t) => {
  const { folder, sources, handedOut, loggedAfter, usersAfter } = await watching(t, writeConfig(people(30)));
  await loggedAfter(writeConfig(people(15))(folder), /^REFUSED/);
  const reminded = loggedAfter(Promise.resolve(), /^If that is meant/);
  t.mock.timers.tick(3_600_000);
  await reminded;
  assert.deepEqual(handedOut, []);
  const guard = DirectoryGuard.open(sources.dataDir, assert.fail);
  const verdict = guard.judge(await loadConfig(sources));
  assert.ok(verdict.kind === 'refused');
  guard.confirmHere(verdict.change);
  assert.equal((await usersAfter(Promise.resolve())).length, 15);
});

test('a restart with a file that was refused, or that is changed meanwhile, goes on with the former directory', async (t) => {
  const { folder, start, logged, handedOut, loggedAfter, usersAfter } = await watching(
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
  assert.deepEqual(handedOut, []);
  await loggedAfter(
    writeConfig(people(30))(folder),
    /^The change 16-of-30-people-\w+ is not in latchkey\.yaml any more$/,
  );
  assert.equal((await usersAfter(writeConfig(people(29))(folder))).length, 29);
});

test('an empty file is refused, and whole again it is taken', async (t) => {
  const { folder, handedOut, loggedAfter, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  await loggedAfter(writeConfig('')(folder), /^REFUSED: latchkey\.yaml has no settings at all/);
  assert.deepEqual(handedOut, []);
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
  const { folder, watcher, sources, handedOut, logged } = await watching(t, writeConfig(withUsers('alice')));
  const before = await readFile(path.join(sources.dataDir, 'directory.json'), 'utf8');
  await writeConfig(withUsers('bob'))(folder);
  // The environment is looked at when a reading begins.
  const closeFirst = () => {
    watcher.close();
    return {};
  };
  Object.defineProperty(sources, 'env', { enumerable: true, get: closeFirst });
  await watcher.reload();
  assert.deepEqual([handedOut, logged], [[], []]);
  assert.equal(await readFile(path.join(sources.dataDir, 'directory.json'), 'utf8'), before);
});

test('a configuration file that is a pipe is not read a second time', async (t) => {
  const { folder, watcher, logged } = await watching(t, writeConfig(withUsers('alice')));
  await rm(path.join(folder, 'latchkey.yaml'));
  execFileSync('mkfifo', [path.join(folder, 'latchkey.yaml')]);
  await watcher.reload();
  assert.match(logged[0] ?? '', /^latchkey\.yaml: is no file, such as a pipe, and cannot be read again/);
});

test('a data folder that cannot be written delays no change', async (t) => {
  const { folder, sources, logged, usersAfter } = await watching(t, writeConfig(withUsers('alice')));
  await rm(sources.dataDir, { recursive: true });
  assert.deepEqual(await usersAfter(writeConfig(withUsers('bob'))(folder)), ['bob']);
  assert.match(
    logged[0] ?? '',
    /^The directory in force cannot be kept in the data folder: no such file or folder$/,
  );
});
