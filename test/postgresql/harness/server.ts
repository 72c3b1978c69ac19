import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPostgresql } from './programs.ts';

/** A PostgreSQL of ours, which ends with its disposal. */
export interface PostgresqlServer extends AsyncDisposable {
  /** Connection URL of a superuser, without a database. */
  readonly url: string;
  /** Folder of the Unix socket. */
  readonly folder: string;
  readonly port: number;
  /** Ends it as `pg_ctl stop -m fast` does. */
  stop(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
}

const USER = 'latchkey';
const PASSWORD = 'only for tests';

/**
 * Makes a database cluster in a temporary folder and serves it, on a port of its own and by a Unix socket, as in production:
 * each commit reaches the disk.
 *
 * @param settings - of postgresql.conf
 * @param commandPrefix - of the command line of the server, for example that of `taskset`
 */
export async function startPostgresql(
  settings: Readonly<Record<string, string>> = {},
  commandPrefix: readonly string[] = [],
): Promise<PostgresqlServer> {
  const bin = findPostgresql();
  if (bin === undefined)
    throw new Error('Start PostgreSQL: no initdb and postgres were found, see test/postgresql/README.md');
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-pg-'));
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const account = unprivileged();
  if (account !== undefined)
    for (const each of [folder, passwordFile]) chownSync(each, account.uid, account.gid);
  const initdb = spawnSync(
    path.join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      USER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...account, cwd: folder, encoding: 'utf8' },
  );
  if (initdb.status !== 0)
    throw new Error(`Start PostgreSQL: initdb ended with ${initdb.status}\n${initdb.stdout}${initdb.stderr}`);
  const port = await freePort();
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    ...settings,
  };
  const command = [
    ...[...commandPrefix, path.join(bin, 'postgres'), '-D', data],
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  let server: ChildProcess | undefined;
  const start = async () => {
    server = await serve(command, { ...account, cwd: folder });
  };
  const stop = async () => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    // What nobody waits for but this would end the process first.
    server.ref();
    server.kill('SIGINT');
    await once(server, 'exit');
  };
  await start();
  // A program that ends without disposing of it, ends it.
  process.once('exit', () => {
    if (!existsSync(folder)) return;
    server?.kill('SIGQUIT');
    // Waits until it has ended: until then it writes to the folder.
    spawnSync(path.join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], { ...account, cwd: folder });
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    ...{ folder, port, start, stop },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve([program = '', ...args]: readonly string[], options: object): Promise<ChildProcess> {
  const server = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  const ready = Promise.withResolvers<void>();
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-10_000);
    if (/database system is ready to accept connections/.test(output)) ready.resolve();
  });
  server.once('exit', (code) =>
    ready.reject(new Error(`Start PostgreSQL: it ended with ${code}\n${output}`)),
  );
  server.once('error', ready.reject);
  await ready.promise;
  // Nobody who forgets to dispose of it waits for it.
  server.unref();
  (server.stderr as unknown as { unref(): void }).unref();
  return server;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const group = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (status === 0) return { uid: Number(stdout), gid: Number(group.stdout) };
  }
  return undefined;
}

/** PostgreSQL takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
