import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runLatchkey } from '../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import {
  type Instance,
  poll,
  portal,
  post,
  refresh,
  register,
  startDevice,
} from '../packages/server/src/http/testing/api.ts';
import { serve, writeConfig } from './serving.ts';

const DEVICES_AT_ONCE = 8;
/** Sign-ins that were answered before the backup begins. */
const SIGN_INS_BEFORE = 100;

/** Signs one device in after another until it is stopped. @param signedIn - told of each access token, once it was answered */
async function signInUntil(
  server: Instance,
  stopped: AbortSignal,
  signedIn: (accessToken: string) => void,
): Promise<void> {
  const client = await register(server);
  while (!stopped.aborted) {
    const { deviceCode, userCode } = await startDevice(server, client);
    await post(server, '/testing/approve', { userCode, userName: 'alice' });
    signedIn(String((await poll(server, client, deviceCode)).members['accessToken']));
  }
}

/** How many of the access tokens are taken by a server. */
async function countValid(server: Instance, accessTokens: readonly string[]): Promise<number> {
  const answers = await Promise.all(
    accessTokens.map((accessToken) => portal(server, '/assignment/accounts', accessToken)),
  );
  return answers.filter(({ status }) => status === 200).length;
}

/** A folder with the configuration of another machine, on which no server has run. */
function makeMachine(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  writeConfig(folder, { userName: 'alice' });
  return folder;
}

const serveIn = (t: TestContext, folder: string) => serve(t, folder, { args: ['--testing'] });

test('a backup that is made while people sign in has every sign-in that was answered before it began', async (t) => {
  using parent = temporaryFolder();
  const machine = makeMachine(parent.path, 'one');
  const server = await serveIn(t, machine);
  const tokens: string[] = [];
  const stop = new AbortController();
  const enough = Promise.withResolvers<void>();
  const signingIn = Array.from({ length: DEVICES_AT_ONCE }, () =>
    signInUntil(server, stop.signal, (accessToken) => {
      tokens.push(accessToken);
      if (tokens.length === SIGN_INS_BEFORE) enough.resolve();
    }),
  );
  await enough.promise;
  const before = [...tokens];
  const backup = join(parent.path, 'backup.db');
  const args = ['--config', 'latchkey.yaml', 'backup', '--with-keys', backup];
  const { code, stdout, stderr } = await runLatchkey(machine, args);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.match(
    stdout,
    /and its keys\.\nWhoever gets this backup can make tokens for everyone who is signed in/,
  );
  assert.ok(tokens.length > before.length, 'people signed in meanwhile');
  stop.abort();
  await Promise.all(signingIn);
  await server.stop('SIGTERM');
  assert.equal(statSync(backup).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(parent.path).toSorted(), ['backup.db', 'one']);

  const other = makeMachine(parent.path, 'other');
  const kept = await runLatchkey(other, ['--config', 'latchkey.yaml', 'restore', '--keep-sessions', backup]);
  assert.deepEqual([kept.code, kept.stderr], [0, '']);
  const restored = await serveIn(t, other);
  assert.equal(await countValid(restored, before), before.length);
  await restored.stop('SIGTERM');

  const third = makeMachine(parent.path, 'third');
  const ended = await runLatchkey(third, ['--config', 'latchkey.yaml', 'restore', backup]);
  assert.match(ended.stdout, /^All sessions have ended \(\d{3,}\): people sign in again$/m);
  const emptied = await serveIn(t, third);
  assert.equal(await countValid(emptied, before), 0);
  await emptied.stop('SIGTERM');
});

test('a program that refreshed its tokens after the backup goes on after a restore that keeps the sessions, and no other one does', async (t) => {
  using parent = temporaryFolder();
  const machine = makeMachine(parent.path, 'one');
  const run = (...args: readonly string[]) => runLatchkey(machine, ['--config', 'latchkey.yaml', ...args]);
  const server = await serveIn(t, machine);
  const client = await register(server);
  const signIn = async () => {
    const { deviceCode, userCode } = await startDevice(server, client);
    await post(server, '/testing/approve', { userCode, userName: 'alice' });
    return (await poll(server, client, deviceCode)).members;
  };
  let tokens = await signIn();
  const backup = join(parent.path, 'backup.db');
  assert.equal((await run('backup', backup)).code, 0);
  for (let times = 0; times < 2; times += 1) {
    tokens = (await refresh(server, client, String(tokens['refreshToken']))).members;
  }
  const later = await signIn();
  await server.stop('SIGTERM');

  assert.equal((await run('restore', '--keep-sessions', backup)).code, 0);
  const kept = await serveIn(t, machine);
  assert.equal(await countValid(kept, [String(tokens['accessToken'])]), 1);
  const next = await refresh(kept, client, String(tokens['refreshToken']));
  assert.equal(next.status, 200, next.text);
  assert.equal((await refresh(kept, client, String(next.members['refreshToken']))).status, 200);
  assert.equal(
    (await refresh(kept, client, String(later['refreshToken']))).status,
    400,
    'it began after that',
  );
  await kept.stop('SIGTERM');

  assert.equal((await run('restore', backup)).code, 0);
  const ended = await serveIn(t, machine);
  assert.equal((await refresh(ended, client, String(tokens['refreshToken']))).status, 400);
  await ended.stop('SIGTERM');
});

test('a backup through standard output and a restore from standard input are the same as by a file', async (t) => {
  using parent = temporaryFolder();
  const machine = makeMachine(parent.path, 'one');
  const server = await serveIn(t, machine);
  const options = ['--config', 'latchkey.yaml'];
  const { code, stdout, stderr } = await runLatchkey(machine, [...options, 'backup', '-'], {
    encoding: 'latin1',
  });
  assert.equal(code, 0);
  assert.match(stderr, /^Wrote the database of ssoins-[0-9a-f]{16}\.\nIts keys are not in it/);
  const input = Buffer.from(stdout, 'latin1');
  const refused = await runLatchkey(machine, [...options, 'restore', '-'], { input });
  assert.deepEqual([refused.code, refused.stdout], [1, '']);
  assert.match(refused.stderr, /^A server uses the data folder .*: stop it first\. Nothing was changed\n$/);
  await server.stop('SIGTERM');
  const restored = await runLatchkey(machine, [...options, 'restore', '-'], { input });
  assert.deepEqual([restored.code, restored.stderr], [0, '']);
  assert.match(
    restored.stdout,
    /^The database that was there is .*latchkey\.db\.before-restore-\w+: remove it/m,
  );
  const files = readdirSync(join(machine, 'data')).filter((name) => !name.includes('before-restore'));
  assert.deepEqual(files.toSorted(), [
    'control',
    'instance-id',
    'keys.json',
    'latchkey.db',
    'lock.db',
    'taken-changes.json',
  ]);
});

test('backup and restore say what was wrong, and change nothing', async (t) => {
  using parent = temporaryFolder();
  const machine = makeMachine(parent.path, 'one');
  const run = (...args: readonly string[]) => runLatchkey(machine, ['--config', 'latchkey.yaml', ...args]);
  const unused = await run('backup', 'x.db');
  assert.equal(unused.code, 1);
  assert.match(unused.stderr, /^No server has run with the data folder .*: there is nothing to back up\n$/);
  await (await serveIn(t, machine)).stop('SIGTERM');
  writeFileSync(join(machine, 'taken'), 'precious');
  writeFileSync(join(machine, 'text'), 'no backup');
  for (const [args, said] of [
    [['backup', 'taken'], /^.*taken is there already: give the backup another name\n$/],
    [['backup', 'no/such/folder/x.db'], /x\.db cannot be written: no such file or folder\n$/],
    [
      ['restore', 'missing'],
      /^Cannot restore missing: it cannot be read: no such file or folder\. Nothing was changed\n$/,
    ],
    [['restore', 'text'], /^Cannot restore text: it is no backup of Latchkey\. Nothing was changed\n$/],
  ] as const) {
    const { code, stdout, stderr } = await run(...args);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' }, args.join(' '));
    assert.match(stderr, said);
  }
  assert.equal(readFileSync(join(machine, 'taken'), 'utf8'), 'precious');
  assert.deepEqual(readdirSync(machine).toSorted(), ['data', 'latchkey.yaml', 'taken', 'text']);
});
