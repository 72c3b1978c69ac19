import { rm } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { renderPath } from '../config/check-values.ts';
import type { Config } from '../config/config.ts';
import { DirectoryGuard } from '../config/directory-guard.ts';
import { environmentVariable } from '../config/environment.ts';
import { ensureInstanceId, findInstanceId } from '../config/instance-id.ts';
import {
  type ConfigSources,
  displayPath,
  type LoadedConfig,
  loadConfig,
  loadSettings,
} from '../config/load-config.ts';
import { loadForStart, type StartConfig } from '../config/load-for-start.ts';
import { findUnknownNames } from '../config/unknown-names.ts';
import type { DirectoryWatcherOptions } from '../config/watch-directory.ts';
import { nameKey } from '../directory/name-key.ts';
import { hasKeyFile } from '../keys/key-file.ts';
import type { RunningServer } from '../server.ts';
import { readEntries } from '../store/port/read-entries.ts';
import { readFolderDirectory } from '../store/sqlite/read-directory.ts';
import { type FileWatcher, watchFiles } from '../watch-files.ts';
import { CommandError } from './exit-code.ts';
import { explainStartError } from './explain-start-error.ts';
import type { FirstStart } from './first-start.ts';
import type { TestingMode } from './serve/testing-mode.ts';
import { configSources } from './sources.ts';
import { stopRequested } from './stop-requested.ts';

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly testing?: true;
  readonly privateNames?: string;
}

export function define(command: Command): void {
  command
    .description(
      'Starts the server. The first start makes example users and accounts, and prints how to sign in.',
    )
    .option(
      '-p, --port <number>',
      'port to listen on; 0 means any free port; default: listen.port of the configuration, else 8484',
      checkPort,
    )
    .option(
      '--host <address>',
      'address to listen on; default: listen.host of the configuration, else localhost, which is 127.0.0.1 and ::1',
    )
    .option(
      '--testing',
      'let programs on this machine sign in as any user and move the clock; never use it in production',
    )
    .addOption(
      new Option(
        '--private-names [port]',
        "with --testing: answer AWS's own host names over https, for programs that can't be told an endpoint; default: port 443",
      )
        .preset('443')
        .argParser(checkPort),
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey serve
  latchkey serve --port 0 --data-dir /var/lib/latchkey
  latchkey serve --config team.yaml

Ctrl-C stops the server once the requests in flight have finished. On SIGTERM it first goes on answering for the
time in shutdown.drain (5 s), not ready any more by /readyz; with --testing it does not. A second signal ends it at once.
On SIGHUP the server reads users, accounts, certificate and models again, as it does when their files change. Started in a
terminal it stops on SIGHUP instead, because the terminal was closed.`,
    )
    .action((options: ServeOptions) => {
      if (options.privateNames !== undefined && !options.testing) {
        command.error(
          "error: option '--private-names [port]' makes a certificate for tests alone: it needs --testing. docs/private-names.md shows what a team does",
        );
      }
      const sources = { ...configSources(command), isServing: true };
      return serve(withListenOptions(sources, options), options);
    });
}

async function serve(sources: ConfigSources, options: ServeOptions): Promise<void> {
  const { start: begun, firstStart } = await prepare(sources);
  const { loaded } = begun;
  const { config } = loaded;
  const guard = DirectoryGuard.open(config.dataDir, console.error);
  const { server, advice, close } = await start(loaded, options).catch(async (error: unknown) => {
    // The passwords of the example have not been printed, so the next start must make it again.
    if (firstStart !== undefined) await rm(firstStart.file);
    await begun.directory?.close();
    if (error instanceof CommandError) throw error;
    throw new CommandError(explainStartError(error, loaded), undefined, { cause: error });
  });
  const ending = new AbortController();
  const watching = beginWatching(begun, server, { sources, guard, signal: ending.signal });
  // Before anything is printed: a program that waits for that output may send a signal next.
  const stop = stopRequested(() => void watching.then(({ watcher }) => watcher.reload()).catch(() => {}));
  let isStopping = false;
  void stop.then(() => {
    isStopping = true;
  });
  const ready = watching.then(async ({ watcher, hasGivenPeople }) => {
    await watcher.started;
    await warnOfUnknownNames(begun.loaded, server);
    // The passwords of the example are not printed a second time.
    if (isStopping && firstStart === undefined) return;
    await announce(server, { firstStart, sources, hasGivenPeople, isRefused: watcher.isDirectoryRefused });
    process.stdout.write(advice);
  });
  // Reading a first directory can take minutes, in which the server can be stopped.
  await (firstStart === undefined ? Promise.race([ready, stop]) : ready).catch(closeAfter(close));
  const signal = await stop;
  if (signal === 'SIGTERM' && !options.testing) await server.drain(config.shutdown.drainSeconds);
  ending.abort();
  const watched = await watching.catch(() => undefined);
  await watched?.watcher.close();
  await ready.catch(() => {});
  await close();
}

/** Names of groups and permission sets may come later, so they are no fault; misspelt ones would be a rule for nobody. */
async function warnOfUnknownNames({ sourceOf }: StartConfig['loaded'], server: RunningServer): Promise<void> {
  const { config, store } = server.context;
  const unknown = await findUnknownNames(
    config,
    async (kind, name) => (await store.findEntry(kind, { nameKey: nameKey(name) })) !== undefined,
  ).catch(() => []);
  for (const { path, message } of unknown) {
    server.log.warn(`${sourceOf(path) ?? 'configuration'}: ${renderPath(path)}${message}`);
  }
}

interface Watching {
  readonly watcher: FileWatcher;
  /** Whether the file or the environment has people. */
  readonly hasGivenPeople: boolean;
}

/**
 * Begins to apply the directory of the start, and to watch the files.
 *
 * @param options.signal - ends the reading of a first directory
 */
async function beginWatching(
  begun: StartConfig,
  server: RunningServer,
  {
    signal,
    ...options
  }: Pick<DirectoryWatcherOptions, 'sources' | 'guard'> & { readonly signal: AbortSignal },
): Promise<Watching> {
  const directory = begun.directory ?? (await readFirst(begun, server, signal));
  const watcher = await watchFiles(server, {
    ...{ ...options, loaded: begun.loaded },
    ...(directory && { directory }),
  });
  return { watcher, hasGivenPeople: (directory?.facts.counts.users ?? 0) > 0 };
}

/** Reads the first directory of the data folder, where that takes long: the server answers already, but is not ready. */
async function readFirst({ readDirectory }: StartConfig, { log }: RunningServer, signal: AbortSignal) {
  if (readDirectory === undefined) return undefined;
  log.info('The directory is being read for the first time: the server is not ready until it is applied');
  return readDirectory(signal);
}

function closeAfter(close: () => Promise<void>): (error: unknown) => Promise<never> {
  return async (error) => {
    await close();
    throw error;
  };
}

/** Reads the configuration. Writes an example first when there is none. */
async function prepare(
  sources: ConfigSources,
): Promise<{ readonly start: StartConfig; readonly firstStart?: FirstStart }> {
  const start = await loadForStart(sources);
  const { config } = start.loaded;
  // Users in environment variables are a configuration, too, and people whom commands have added need none.
  if (config.file !== undefined || (start.directory?.facts.counts.users ?? 0) > 0) return { start };
  // Other servers may use the store already: no example gets into it.
  if (config.store !== undefined || (await hasPeopleBesideFile(config.dataDir))) return { start };
  const { writeExampleConfig } = await import('./first-start.ts');
  const firstStart = await writeExampleConfig(config.dataDir).catch((error: unknown) => {
    throw new CommandError(explainStartError(error, start.loaded), undefined, { cause: error });
  });
  return { start: await loadForStart({ ...sources, file: firstStart.file }), firstStart };
}

/** Whether the data folder has people from another source than a configuration file. Where it cannot be read, the start says why. */
async function hasPeopleBesideFile(dataDir: string): Promise<boolean> {
  try {
    using folder = readFolderDirectory(dataDir);
    if (folder === undefined) return false;
    for await (const { source } of readEntries(folder.reader, 'user')) {
      if (source !== 'file') return true;
    }
    return false;
  } catch {
    return false;
  }
}

type Loaded = Pick<LoadedConfig, 'config' | 'sourceOf' | 'text'>;

interface Started {
  readonly server: RunningServer;
  /** What else to tell the person. */
  readonly advice: string;
  close(): Promise<void>;
}

async function start(loaded: Loaded, options: ServeOptions): Promise<Started> {
  const { config } = loaded;
  const testing = options.testing ? await testingMode(loaded, options) : undefined;
  const { startServer } = await import('../server.ts');
  const hasLostId =
    config.store === undefined && hasKeyFile(config.dataDir) && (await findInstanceId(config)) === undefined;
  await using started = new AsyncDisposableStack();
  const instanceId = await ensureInstanceId(config);
  const storeGivenBy = loaded.sourceOf(['store']);
  const hasStoreUrl = storeGivenBy !== undefined && storeGivenBy !== environmentVariable(['store']);
  const isConfigSecret = hasStoreUrl || (loaded.text?.isSecret ?? false);
  const server = await startServer({ ...testing?.serverOptions, config, instanceId, isConfigSecret });
  started.defer(() => server.close());
  if (hasLostId) {
    server.log.warn(
      `There is a keys.json in ${config.dataDir} but no instance-id: a new id was made, so start URLs that were handed out, user ids and role ARNs are others. If there is a backup of the old id, stop the server and restore it, or set instance.id`,
    );
  }
  const attachment = started.use(await testing?.attach(server));
  const running = started.move();
  return { server, advice: attachment?.advice ?? '', close: () => running.disposeAsync() };
}

async function testingMode(loaded: Loaded, { privateNames }: ServeOptions): Promise<TestingMode> {
  const { enterTestingMode } = await import('./serve/testing-mode.ts');
  return enterTestingMode(loaded, privateNames === undefined ? undefined : Number(privateNames));
}

async function announce(
  server: RunningServer,
  {
    firstStart,
    sources,
    hasGivenPeople,
    isRefused,
  }: {
    readonly firstStart: FirstStart | undefined;
    readonly sources: ConfigSources;
    /** Whether the file or the environment has people. */
    readonly hasGivenPeople: boolean;
    /** Whether the guard refused the directory of the configuration. */
    readonly isRefused: boolean;
  },
): Promise<void> {
  const { config, instanceId } = server.context;
  const file = config.file === undefined ? 'the environment' : displayPath(config.file, sources.cwd);
  if (firstStart === undefined) {
    const exception = isRefused ? ', but with the people of the last run: see the log' : '';
    const origin =
      config.file === undefined && !hasGivenPeople
        ? `no configuration file; the people are those in ${config.store === undefined ? displayPath(config.dataDir, sources.cwd) : 'PostgreSQL'}`
        : `configured by ${file}`;
    console.log(`Latchkey is ready: ${server.url} (${origin}${exception})`);
    printMetricsAddress(server);
    return;
  }
  const { renderBanner } = await import('./banner.ts');
  const latchkey = commandLine(sources);
  const isFoundByCommands = await hasSameAddress(config, sources);
  const { directory } = await loadConfig({ ...sources, file: firstStart.file });
  const accounts = listAssignedAccounts(directory);
  process.stdout.write(
    renderBanner({ config, accounts, instanceId, firstStart, file, latchkey, isFoundByCommands }),
  );
  printMetricsAddress(server);
}

/** Tells where the metrics are when they have an address of their own, whose port the system may have chosen. */
function printMetricsAddress({ context: { config }, metricsPort }: RunningServer): void {
  if (config.metrics === undefined || metricsPort === undefined) return;
  const { host } = config.metrics;
  console.log(`Metrics are at http://${isIPv6(host) ? `[${host}]` : host}:${metricsPort}/metrics`);
}

/**
 * The start of a command line that runs `latchkey` with the same data folder. Whoever started the server by `npm start` or
 * `npx` may have no `latchkey` on the `PATH` of the shell; npm sets `npm_lifecycle_event` in both cases.
 */
function commandLine({ dataDir }: ConfigSources): string {
  const program = process.env['npm_lifecycle_event'] ? 'npx latchkey' : 'latchkey';
  if (dataDir === undefined) return program;
  return `${program} --data-dir ${/\s/.test(dataDir) ? `"${dataDir}"` : dataDir}`;
}

/** Whether other commands find the address of this server, which options of this one start may have changed. */
async function hasSameAddress({ baseUrl }: Config, sources: ConfigSources): Promise<boolean> {
  const { config } = await loadSettings({ ...sources, env: process.env });
  return config.baseUrl === baseUrl;
}

/** Turns options into environment variables, which they override. */
function withListenOptions(sources: ConfigSources, { port, host }: ServeOptions): ConfigSources {
  return {
    ...sources,
    env: {
      ...sources.env,
      ...(port !== undefined && { LATCHKEY_LISTEN_PORT: port }),
      ...(host !== undefined && { LATCHKEY_LISTEN_HOST: host }),
    },
    options: {
      ...sources.options,
      ...(port !== undefined && { LATCHKEY_LISTEN_PORT: '--port' }),
      ...(host !== undefined && { LATCHKEY_LISTEN_HOST: '--host' }),
    },
  };
}

function checkPort(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text;
  throw new InvalidArgumentError('Expected a number from 0 to 65535.');
}
