import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { lineReader, spawnLatchkey } from '../packages/server/src/cli/testing/child-process.ts';
import type { Instance } from '../packages/server/src/http/testing/api.ts';

/** A server in a process of its own. */
export interface ServedInstance extends Instance {
  readonly pid: number | undefined;
  /** Ends the process. @returns what it wrote to its log */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<Buffer>;
}

/** Lets one user reach one role, with a database in `data`. */
export function writeConfig(
  folder: string,
  user: { readonly userName: string; readonly passwordHash?: string },
): void {
  const config = {
    dataDir: 'data',
    shutdown: { drain: '0s' },
    limits: { deviceAuthorizationsPerAddressPerMinute: 1_000_000 }, // all devices of a test have one address
    users: [user],
    accounts: [{ id: '111122223333', name: 'Sandbox' }],
    permissionSets: [{ name: 'Developer' }],
    assignments: [{ users: [user.userName], accounts: ['111122223333'], permissionSets: ['Developer'] }],
  };
  writeFileSync(join(folder, 'latchkey.yaml'), JSON.stringify(config)); // JSON is YAML
}

/** Runs `latchkey serve` in a folder that has a configuration, until it is stopped or the test is over. */
export async function serve(
  t: TestContext,
  folder: string,
  {
    args = [],
    env = {},
  }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ServedInstance> {
  const child = spawnLatchkey(folder, ['serve', '--port', '0', '--config', 'latchkey.yaml', ...args], env);
  t.after(() => child.kill('SIGKILL'));
  const log = buffer(child.stderr);
  const [, url] = await lineReader(child.stdout)(/^Latchkey is ready: (http:\/\/localhost:\d+)/);
  assert.ok(url);
  return { url, startUrl: `${url}/start`, pid: child.pid, stop: (signal) => stop(child, signal, log) };
}

async function stop(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  log: Promise<Buffer>,
): Promise<Buffer> {
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return log;
}
