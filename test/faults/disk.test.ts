import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { runLatchkey } from '../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import {
  type Credentials,
  poll,
  portal,
  post,
  refresh,
  register,
  send,
} from '../../packages/server/src/http/testing/api.ts';
import { type ServedInstance, serve, writeConfig } from '../serving.ts';

const args = ['--testing'];

/** A program that was told that it is signed in, or that it is signed out. */
interface Program {
  readonly client: Credentials;
  readonly accessToken: string;
  readonly refreshToken: string;
  isEnded: boolean;
}

/** Signs a program in. @returns nothing where a step was not answered with success */
async function signIn(server: ServedInstance, client: Credentials): Promise<Program | undefined> {
  const request = { ...client, startUrl: server.startUrl };
  const { members, status } = await post(server, '/device_authorization', request);
  if (status !== 200) return undefined;
  const { userCode, deviceCode } = members;
  if ((await post(server, '/testing/approve', { userCode, userName: 'alice' })).status !== 200)
    return undefined;
  const answer = await poll(server, client, String(deviceCode));
  if (answer.status !== 200) return undefined;
  const { accessToken, refreshToken } = answer.members as Record<'accessToken' | 'refreshToken', string>;
  return { client, accessToken, refreshToken, isEnded: false };
}

/** Signs programs in, and every other one out. */
async function signInSome(server: ServedInstance): Promise<Program[]> {
  const client = await register(server);
  const programs: Program[] = [];
  for (let number = 0; number < 6; number += 1) {
    const program = (await signIn(server, client)) ?? assert.fail('a program was not signed in');
    if (number % 2 === 0) {
      assert.equal((await portal(server, '/logout', program.accessToken, 'POST')).status, 200);
      program.isEnded = true;
    }
    programs.push(program);
  }
  return programs;
}

/** Uses what each program was told that it has. */
async function assertKept(server: ServedInstance, programs: readonly Program[]): Promise<void> {
  for (const { client, accessToken, refreshToken, isEnded } of programs) {
    assert.equal((await portal(server, '/assignment/accounts', accessToken)).status, isEnded ? 401 : 200);
    const { status } = await refresh(server, client, refreshToken);
    assert.equal(status, isEnded ? 400 : 200);
  }
}

/** Asks until the answer of a second ago no longer counts. */
async function readyzUntil(server: ServedInstance, status: number): Promise<string> {
  for (;;) {
    const answer = await send(server, '/readyz');
    if (answer.status === status) return answer.text;
    await post(server, '/testing/clock', { advanceSeconds: 1 });
  }
}

/**
 * Lets system calls of a running process come out otherwise, by strace.
 *
 * @param injection - as in `strace --inject`
 * @returns lets them be as they are
 */
async function inject({ pid }: ServedInstance, injection: string): Promise<() => Promise<void>> {
  const strace = spawn('strace', [
    '-f',
    '-p',
    String(pid),
    '-e',
    `trace=${injection.split(':')[0]}`,
    '-e',
    `inject=${injection}`,
  ]);
  let said = '';
  const attached = Promise.withResolvers<void>();
  strace.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000);
    if (/attached/.test(said)) attached.resolve();
  });
  strace.once('exit', (code) => attached.reject(new Error(`strace ended with ${code}: ${said}`)));
  await attached.promise;
  return async () => {
    const ended = once(strace, 'exit');
    strace.kill('SIGINT');
    await ended;
  };
}

const skipWithoutStrace =
  spawnSync('strace', ['-e', 'inject=fsync:error=EIO', 'true']).status !== 0 &&
  'strace was not found, or may trace nothing';

for (const [what, injection, reason] of [
  ['becomes read-only', 'pwrite64:error=EROFS', /^The store cannot be written: /],
  [
    'fails at each sync',
    'fsync,fdatasync:error=EIO',
    /^The store cannot be written: its disk reports an error\n$/,
  ],
  ['is full', 'pwrite64:error=ENOSPC', /^The store cannot be written: its disk is full\n$/],
] as const) {
  test(`a server whose disk ${what} is not ready, promises nothing meanwhile, goes on by itself, and has all that it answered`, {
    skip: skipWithoutStrace,
  }, async (t) => {
    using folder = temporaryFolder();
    writeConfig(folder.path, { userName: 'alice' });
    const server = await serve(t, folder.path, { args });
    const programs = await signInSome(server);
    const restore = await inject(server, injection);
    assert.match(await readyzUntil(server, 503), reason);
    assert.equal(
      await signIn(server, programs[0]!.client),
      undefined,
      'nobody is told that they are signed in',
    );
    assert.equal((await send(server, '/healthz')).status, 200);
    await restore();
    assert.equal(await readyzUntil(server, 200), 'ok\n');
    await assertKept(server, programs);
    const after = await signInSome(server);
    await server.stop('SIGKILL');
    await assertKept(await serve(t, folder.path, { args }), after);
  });
}

test('a server whose disk takes a third of a second for each sync answers, later, and has all that it answered', {
  skip: skipWithoutStrace,
}, async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice' });
  const server = await serve(t, folder.path, { args });
  const restore = await inject(server, 'fsync,fdatasync:delay_enter=300000');
  assert.equal((await send(server, '/readyz')).status, 200);
  const programs = await signInSome(server);
  await server.stop('SIGKILL');
  await restore().catch(() => undefined);
  await assertKept(await serve(t, folder.path, { args }), programs);
});

test('a write-ahead log that was torn by a power failure has all that was answered', async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice' });
  const server = await serve(t, folder.path, { args });
  const programs = await signInSome(server);
  await server.stop('SIGKILL');
  // What was being written, and not answered: the beginning of a frame, and one that is nonsense.
  const log = path.join(folder.path, 'data/latchkey.db-wal');
  const frame = readFileSync(log).subarray(32, 32 + 24 + 4096);
  appendFileSync(log, Buffer.concat([Buffer.alloc(24 + 4096, 0xa5), frame.subarray(0, 1000)]));
  const again = await serve(t, folder.path, { args });
  await assertKept(again, programs);
  await again.stop('SIGTERM');
});

test('a write-ahead log with a byte that is another is used up to there: the store is sound, and people sign in', async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice' });
  const server = await serve(t, folder.path, { args });
  await signInSome(server);
  await server.stop('SIGKILL');
  const log = path.join(folder.path, 'data/latchkey.db-wal');
  const bytes = readFileSync(log);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = bytes[middle]! ^ 0x40;
  writeFileSync(log, bytes);
  const again = await serve(t, folder.path, { args });
  await assertKept(again, await signInSome(again));
  await again.stop('SIGTERM');
  const checked = await runLatchkey(folder.path, ['store', 'check', 'data']);
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
});
