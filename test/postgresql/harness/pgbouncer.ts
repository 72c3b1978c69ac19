import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../bench/machine/workspace.ts';
import { findProgram } from '../../interop/harness/program.ts';
import { unprivileged } from './server.ts';

/** Where Debian has it, which is not on the PATH of everybody. */
const DEBIAN = '/usr/sbin/pgbouncer';

export function findPgbouncer(): string | undefined {
  return findProgram('pgbouncer') ?? (existsSync(DEBIAN) ? DEBIAN : undefined);
}

/** The reason to skip tests where there is no PgBouncer. */
export const skipWithoutPgbouncer: false | string = findPgbouncer() === undefined && 'no PgBouncer was found';

/** A PgBouncer before a database, which ends with its disposal. */
export interface Pgbouncer extends AsyncDisposable {
  /** The connection URL of the database, by way of PgBouncer. */
  readonly url: string;
}

export async function startPgbouncer(
  databaseUrl: string,
  poolMode: 'session' | 'transaction',
): Promise<Pgbouncer> {
  const { hostname, port: serverPort, username, password } = new URL(databaseUrl);
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-pgbouncer-'));
  const file = (name: string, content: string) => {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  };
  const port = await freePort();
  const userList = file('users', `"${username}" "${decodeURIComponent(password)}"\n`);
  const settings = file(
    'pgbouncer.ini',
    `[databases]
* = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${userList}
pool_mode = ${poolMode}
`,
  );
  const account = unprivileged();
  if (account !== undefined)
    for (const each of [folder, userList, settings]) chownSync(each, account.uid, account.gid);
  const child = spawn(findPgbouncer() ?? '', [settings], {
    ...account,
    ...{ cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let output = '';
  const ready = Promise.withResolvers<void>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (/process up/.test(output)) ready.resolve();
  });
  child.once('exit', (code) => ready.reject(new Error(`Start PgBouncer: it ended with ${code}\n${output}`)));
  await ready.promise;
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
