import { readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loadForStart } from '../../packages/server/src/config/load-for-start.ts';
import type { Connection } from '../load/connection.ts';
import { median } from '../load/statistics.ts';
import { installLatchkey } from '../machine/build.ts';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort, Workspace } from '../machine/workspace.ts';
import { awsDialect, type Person } from '../services/aws-dialect.ts';
import { expectStatus } from '../services/service.ts';
import { caller, directoryFile, leaver, withoutLeaver } from './directory-file.ts';
import { fillDirectory, noteFile } from './fill-directory.ts';
import { meterFile, type Turn } from './turn-meter.ts';
import { type Waits, waitsDuring } from './waits.ts';

const STARTS = 3;
const SETTLE_MS = 1_000;
/** A file that is new is read wholly before the server listens. */
const FIRST_LOAD_TIMEOUT_MS = 600_000;
const LOOK_EVERY_MS = 25;
const METER = ['--disable-warning=ExperimentalWarning', '--import', import.meta.resolve('./turn-meter.ts')];
/** The server reads and applies in threads of its own, so that it is not tied to one core. */
const cores = { serverPrefix: [], databasePrefix: [], description: 'server and load on all cores' };

/** Measures `latchkey serve` with files of so many people: its starts, a first load, and a change of one line. */
export async function measureServer(sizes: readonly number[], program?: string): Promise<void> {
  const bench = ServerBench.open(program);
  const empty = await bench.measureStarts(await bench.makeFolder('users: []\n'), 'an empty file');
  for (const people of sizes) await bench.measureDirectory(people, empty.memoryBytes);
}

/**
 * Measures starts of `latchkey serve` with 1,000,000 people in the store, of whom 100,000 are of the file, which has not changed
 * (a tenth of them when quick). The database is filled without a server.
 */
export async function measureStart(isQuick: boolean, program?: string): Promise<void> {
  const bench = ServerBench.open(program);
  const people = isQuick ? 10_000 : 100_000;
  const folder = await bench.makeFolder(directoryFile(people));
  const size = { users: 10 * people, groups: people / 2, accounts: 5_000, assignments: people };
  const database = join(folder, 'latchkey.db');
  console.error(`filling a directory of ${size.users.toLocaleString('en')} users`);
  fillDirectory(database, { ...size, usersOfFile: people }, 0);
  const { loaded } = await loadForStart({ cwd: folder, dataDir: folder, env: {}, isServing: true });
  noteFile(database, loaded.digest);
  const empty = await bench.measureStarts(await bench.makeFolder('users: []\n'), 'an empty file');
  const what = `${size.users.toLocaleString('en')} people, ${people.toLocaleString('en')} of the file`;
  const { memoryBytes } = await bench.measureStarts(folder, what);
  print(what, 'memory after start, beside an empty file', megabytes(memoryBytes - empty.memoryBytes));
}

class ServerBench {
  readonly #main: string;
  readonly #workspace: Workspace;

  constructor(main: string, workspace: Workspace) {
    this.#main = main;
    this.#workspace = workspace;
  }

  /** @param program - the command-line program to measure. Default: this repository's, built and installed */
  static open(program: string | undefined): ServerBench {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
    const workspace = new Workspace();
    if (program === undefined) console.error('building');
    return new ServerBench(
      program === undefined ? installLatchkey(workspace.path) : resolve(program),
      workspace,
    );
  }

  async makeFolder(file: string): Promise<string> {
    const folder = this.#workspace.makeDataDir();
    await writeFile(join(folder, 'latchkey.yaml'), file);
    return folder;
  }

  async measureDirectory(people: number, emptyBytes: number): Promise<void> {
    const file = directoryFile(people);
    const what = `${people.toLocaleString('en')} people, ${(file.length / 1e6).toFixed(1)} MB`;
    const folder = await this.makeFolder(file);
    const tokens = await this.#firstLoad(folder, what);
    const { memoryBytes } = await this.measureStarts(folder, what);
    print(what, 'memory after start, beside an empty file', megabytes(memoryBytes - emptyBytes));
    await this.#changeOneLine(folder, file, what, tokens);
  }

  /** Starts with a file that the store has already. */
  async measureStarts(folder: string, what: string): Promise<{ readonly memoryBytes: number }> {
    const [startsMs, cpuMs, memories]: [number[], number[], number[]] = [[], [], []];
    await (await this.#startReady(folder)).stop();
    for (let start = 0; start < STARTS; start += 1) {
      const server = await this.#startReady(folder);
      startsMs.push(performance.now() - server.startedAt);
      cpuMs.push(server.cpuMs() ?? Number.NaN);
      await setTimeout(SETTLE_MS);
      memories.push(server.memoryBytes());
      await server.stop();
    }
    const memoryBytes = median(memories);
    print(
      what,
      'start until ready, unchanged',
      `${median(startsMs).toFixed(0)} ms, ${median(cpuMs)} ms of processor time`,
    );
    print(what, 'memory after start', megabytes(memoryBytes));
    return { memoryBytes };
  }

  /** Starts with a file that the store does not have yet. @returns access tokens of two people */
  async #firstLoad(
    folder: string,
    what: string,
  ): Promise<{ readonly ofCaller: string; readonly ofLeaver: string }> {
    const server = await this.#start(folder, METER);
    const connection = await server.connect(FIRST_LOAD_TIMEOUT_MS);
    const firstMs = performance.now() - server.startedAt;
    // A server answers its first requests more slowly.
    for (const request of [isHealthy, isRefused]) await request(connection);
    connection.close();
    const since = Date.now();
    const waits = await waitsDuring(server, [isHealthy, isRefused], untilReady(server));
    const readyMs = performance.now() - server.startedAt;
    print(what, 'first load, until it listens', `${firstMs.toFixed(0)} ms`);
    print(what, 'first load, until ready', seconds(readyMs));
    print(what, 'first load, waits', render(waits));
    print(what, 'first load, peak memory of the process', megabytes(server.peakMemoryBytes() ?? Number.NaN));
    const readyAt = Date.now();
    print(what, 'first load, processor time of all threads', seconds(server.cpuMs()));
    const tokens = {
      ofCaller: await signIn(server, caller),
      ofLeaver: await signIn(server, leaver),
    };
    await server.stop();
    print(what, 'first load, longest turns', renderTurns(folder, since, readyAt));
    return tokens;
  }

  async #changeOneLine(
    folder: string,
    file: string,
    what: string,
    tokens: { readonly ofCaller: string; readonly ofLeaver: string },
  ): Promise<void> {
    const next = join(folder, 'next.yaml');
    await writeFile(next, withoutLeaver(file));
    const server = await this.#startReady(folder, METER);
    const requests = [isHealthy, credentials(tokens.ofCaller), accounts(tokens.ofCaller)];
    const startedAt = Date.now();
    const before = await waitsDuring(server, requests, setTimeout(5_000));
    const [memoryBytes, cpuMs] = [server.memoryBytes(), server.cpuMs() ?? Number.NaN];
    server.forgetPeakMemory();
    const since = Date.now();
    const changedAt = performance.now();
    const change = async () => {
      await rename(next, join(folder, 'latchkey.yaml'));
      await until(server, async (connection) => {
        const { status } = await accounts(tokens.ofLeaver, 0)(connection);
        return status === 401;
      });
      const inForceMs = performance.now() - changedAt;
      while (!(await readFile(outputOf(folder), 'utf8')).includes('The directory was read again'))
        await setTimeout(LOOK_EVERY_MS);
      return { inForceMs, doneMs: performance.now() - changedAt };
    };
    const changed = change();
    const during = await waitsDuring(server, requests, changed);
    const { inForceMs, doneMs } = await changed;
    const changeCpuMs = (server.cpuMs() ?? Number.NaN) - cpuMs;
    const peakBytes = (server.peakMemoryBytes() ?? Number.NaN) - memoryBytes;
    print(what, 'waits when nothing changes', render(before));
    print(what, 'one line changed, until in force', seconds(inForceMs));
    print(what, 'one line changed, until all is compared', seconds(doneMs));
    print(what, 'one line changed, processor time of all threads', seconds(changeCpuMs));
    print(what, 'one line changed, waits', render(during));
    print(what, 'one line changed, peak memory beside that before', megabytes(peakBytes));
    await server.stop();
    print(what, 'longest turns when nothing changes', renderTurns(folder, startedAt, since));
    print(what, 'one line changed, longest turns', renderTurns(folder, since, Number.POSITIVE_INFINITY));
  }

  async #start(dataDir: string, nodeOptions: readonly string[] = []): Promise<ServerProcess> {
    const port = await freePort();
    const command = [...nodeOptions, this.#main, 'serve', '--data-dir', dataDir, '--port', String(port)];
    return new ServerProcess(command, {
      ...{ port, dataDir, cores, showOutput: false, outputFile: outputOf(dataDir) },
    });
  }

  async #startReady(dataDir: string, nodeOptions?: readonly string[]): Promise<ServerProcess> {
    const server = await this.#start(dataDir, nodeOptions);
    await untilReady(server);
    return server;
  }
}

const outputOf = (dataDir: string) => join(dataDir, 'output.txt');

const untilReady = (server: ServerProcess) =>
  until(server, async (connection) => (await connection.get('/readyz')).status === 200);

async function until(
  server: ServerProcess,
  isSo: (connection: Connection) => Promise<boolean>,
): Promise<void> {
  const connection = await server.connect();
  while (!(await isSo(connection))) await setTimeout(LOOK_EVERY_MS);
  connection.close();
}

async function isHealthy(connection: Connection): Promise<void> {
  expectStatus(await connection.get('/healthz'), 200, 'ask whether the server is healthy');
}

async function isRefused(connection: Connection): Promise<void> {
  await accounts('unknown', 401)(connection);
}

const credentials = (token: string) => (connection: Connection) =>
  awsDialect(caller).check(connection, { id: '', secret: '' }, token);

/** @param status - the one to expect; 0: any */
const accounts =
  (token: string, status = 200) =>
  async (connection: Connection) => {
    const answer = await connection.get('/assignment/accounts', `x-amz-sso_bearer_token: ${token}\r\n`);
    if (status !== 0) expectStatus(answer, status, 'list accounts');
    return answer;
  };

async function signIn(server: ServerProcess, person: Person): Promise<string> {
  const dialect = awsDialect(person);
  const connection = await server.connect();
  const client = await dialect.register(connection);
  const browser = await dialect.openBrowser(connection, client);
  const { deviceCode, userCode } = await dialect.start(connection, client);
  await dialect.approve(connection, browser, userCode);
  const { accessToken } = await dialect.redeem(connection, client, deviceCode);
  connection.close();
  return accessToken;
}

/** The longest turns of the event loop between two times, by the clock. */
function renderTurns(folder: string, fromMs: number, toMs: number): string {
  const turns: readonly Turn[] = JSON.parse(readFileSync(join(folder, meterFile), 'utf8'));
  const within = turns.filter(({ endedAtMs }) => endedAtMs >= fromMs && endedAtMs <= toMs);
  const longest = within.map(({ cpuMs }) => cpuMs).sort((a, b) => b - a);
  return `${longest
    .slice(0, 3)
    .map((ms) => ms.toFixed(1))
    .join(', ')} ms of processor time; ${longest.filter((ms) => ms > 20).length} over 20 ms`;
}

function print(what: string, figure: string, value: string): void {
  const load = loadavg()[0]?.toFixed(1);
  console.log(`${what}: ${figure}: ${value} (load of the machine ${load})`);
}

const seconds = (ms = Number.NaN) => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const render = ({ requests, median, p99, longest }: Waits) =>
  `median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms of ${requests} requests`;
