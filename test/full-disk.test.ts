import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { post, send } from '../packages/server/src/http/testing/api.ts';
import { type ServedInstance, serve, writeConfig } from './serving.ts';

const run = (command: string, ...args: readonly string[]) => execFileSync(command, args, { stdio: 'pipe' });

/** Whether this machine lets the test do something, which is undone. */
function can(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** Mounts a file system of 2 MiB on a new folder `data`. `using` takes it away again. */
function mountTiny(folder: string): Disposable & { readonly isMounted: boolean } {
  const path = join(folder, 'data');
  mkdirSync(path, { mode: 0o700 });
  const isMounted = can(() => run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path));
  return { isMounted, [Symbol.dispose]: () => void (isMounted && run('umount', '--lazy', path)) };
}

function startIn(t: TestContext, folder: string): Promise<ServedInstance> {
  writeConfig(folder, { userName: 'alice' });
  return serve(t, folder, { args: ['--testing'] });
}

async function signInStatus(server: ServedInstance): Promise<number> {
  return (await post(server, '/testing/sign-in', { userName: 'alice' })).status;
}

/** Asks until the answer of a second ago no longer counts. */
async function readyzUntil(server: ServedInstance, status: number): Promise<string> {
  for (;;) {
    const answer = await send(server, '/readyz');
    if (answer.status === status) return answer.text;
    await post(server, '/testing/clock', { advanceSeconds: 1 });
  }
}

test('on a full disk /readyz is 503 and says so, and is 200 again once there is room', async (t) => {
  using folder = temporaryFolder();
  using tiny = mountTiny(folder.path);
  if (!tiny.isMounted) return t.skip('this user may not mount a tmpfs');
  const server = await startIn(t, folder.path);
  assert.equal(await readyzUntil(server, 200), 'ok\n');
  const filler = join(folder.path, 'data/filler');
  assert.throws(() => writeFileSync(filler, Buffer.alloc(4 << 20)), { code: 'ENOSPC' });
  for (let block = 0; can(() => writeFileSync(`${filler}${block}`, Buffer.alloc(4096))); block += 1);
  const reason = 'The store cannot be written: its disk is full\n';
  assert.equal(await readyzUntil(server, 503), reason);
  assert.equal(await signInStatus(server), 400);
  assert.equal((await send(server, '/healthz')).status, 200);
  rmSync(filler);
  assert.equal(await readyzUntil(server, 200), 'ok\n');
  assert.equal(await signInStatus(server), 200);
  const log = String(await server.stop('SIGTERM'));
  assert.equal(log.match(/Not ready\. The store cannot be written: its disk is full/g)?.length, 1);
  assert.equal(log.match(/Ready again: the store can be written/g)?.length, 1);
});

test('when files may not grow /readyz is 503 exactly as long as a sign-in fails', async (t) => {
  using folder = temporaryFolder();
  if (!can(() => run('prlimit', '--version'))) return t.skip('needs prlimit of util-linux');
  const server = await startIn(t, folder.path);
  await readyzUntil(server, 200);
  const log = statSync(join(folder.path, 'data/latchkey.db-wal'));
  // The soft limit alone, which any user may raise again.
  const limit = (bytes: number | string) => run('prlimit', `--pid=${server.pid}`, `--fsize=${bytes}:`);
  limit(log.size);
  assert.equal(await readyzUntil(server, 503), 'The store cannot be written: its disk reports an error\n');
  assert.equal(await signInStatus(server), 400);
  limit('unlimited');
  assert.equal(await readyzUntil(server, 200), 'ok\n');
  assert.equal(await signInStatus(server), 200);
});
