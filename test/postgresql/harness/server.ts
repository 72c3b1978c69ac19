import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../bench/machine/workspace.ts';
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
  /** Ends it as a machine that fails does: nothing is written or said any more. */
  kill(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
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
  const { bin, folder, data, account } = makeFolder();
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  runProgram(path.join(bin, 'initdb'), [
    ...['-D', data, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['-E', 'UTF8', '--locale=C', '--no-sync'],
  ]);
  return serveCluster({ bin, folder, data, account, settings, commandPrefix });
}

/**
 * Copies a server as `pg_basebackup` does, and serves the copy as a standby that streams from it.
 *
 * @param name - by which `synchronous_standby_names` of the primary calls it
 * @param settings - of its postgresql.conf
 */
export async function startStandby(
  primary: PostgresqlServer,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresqlServer> {
  const { bin, folder, data, account } = makeFolder();
  const from = `${primary.url}/postgres?application_name=${name}`;
  runProgram(path.join(bin, 'pg_basebackup'), ['-D', data, '-R', '-c', 'fast', '-d', from]);
  return serveCluster({ bin, folder, data, account, settings, commandPrefix: [] });
}

/** Makes a folder for a cluster that PostgreSQL can use. */
function makeFolder() {
  const bin = findPostgresql();
  if (bin === undefined)
    throw new Error(
      'Start PostgreSQL: no initdb and postgres were found: run node test/postgresql/prepare.ts',
    );
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-pg-'));
  const account = unprivileged();
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return { bin, folder, data: path.join(folder, 'data'), account };
}

function runProgram(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...unprivileged(),
    ...{ cwd: tmpdir(), encoding: 'utf8' },
  });
  if (status !== 0)
    throw new Error(`Start PostgreSQL: ${path.basename(program)} ended with ${status}\n${stdout}${stderr}`);
}

interface Cluster {
  readonly bin: string;
  readonly folder: string;
  readonly data: string;
  readonly account: Account | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly commandPrefix: readonly string[];
}

async function serveCluster(cluster: Cluster): Promise<PostgresqlServer> {
  const { bin, folder, data, account, settings, commandPrefix } = cluster;
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
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    // What nobody waits for but this would end the process first.
    server.ref();
    server.kill(signal);
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
    ...{ folder, port, start },
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await end('SIGINT');
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
    if (/database system is ready to accept (?:read-only )?connections/.test(output)) ready.resolve();
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

/** PostgreSQL refuses to run as root, and so does PgBouncer. */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const group = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (status === 0) return { uid: Number(stdout), gid: Number(group.stdout) };
  }
  return undefined;
}
