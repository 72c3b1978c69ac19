import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { applyDeclaration } from '../directory/file/apply-declaration.ts';
import { issuerUrl } from '../grants/start-url.ts';
import type { PrivateNames } from '../private-names/private-names.ts';
import { type RunningServer, startServer } from '../server.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { writeAwsHome } from './aws-home.ts';
import { type Span, TestClock } from './clock.ts';
import { type People, peopleOf } from './people.ts';
import { resolveTestConfig, type TestConfig } from './test-config.ts';

export interface LatchkeyOptions extends TestConfig {
  /** Folder for database and keys, so that a later start finds them. Default: everything in memory. */
  readonly dataDir?: string;
  /**
   * Whether the instance's time passes by itself. Where it stands `still`, only `clock.advance` moves it, and a test
   * comes out the same on a slow machine. A program that waits by its own clock, as `aws sso login` does between polls,
   * needs one that is `running`. Default: `running`.
   */
  readonly clock?: 'running' | 'still';
  /**
   * Port of loopback where AWS's own host names are answered over https, too, for programs that can't be told an endpoint; 0:
   * any free port. Such programs call port 443, and must find the names by `/etc/hosts` or a DNS. Default: nowhere.
   */
  readonly privateNamesPort?: number;
}

/** A running instance. `await using` closes it. */
export interface Latchkey extends People, AsyncDisposable {
  /** E.g. `http://localhost:40123`. */
  readonly url: string;
  /** For `sso_start_url`. */
  readonly startUrl: string;
  /** For `sso_region`. */
  readonly region: string;
  /**
   * Environment variables for child processes: the endpoints, the paths of the AWS configuration files, and a home folder
   * for the caches of AWS clients. With private names, also the certificate to trust (`AWS_CA_BUNDLE` and its like).
   */
  readonly env: Readonly<Record<string, string>>;
  /** An AWS configuration file with a profile `latchkey` for the first account and role. */
  readonly configFile: string;
  /** AWS's own host names, and where they are answered, if they are. */
  readonly privateNames?: {
    readonly hosts: readonly string[];
    readonly address: string;
    readonly port: number;
  };
  readonly clock: { now(): number; advance(span: Span): void };
  /** Finishes the requests in flight, and removes the files of the instance. */
  close(): Promise<void>;
}

/** Where time stands still, nothing is given up because the machine is slow. */
const PATIENCE_MS = 10 * 60_000;
const patience = {
  renderTimeoutMs: PATIENCE_MS,
  connectionBounds: {
    headersTimeoutMs: PATIENCE_MS,
    requestTimeoutMs: PATIENCE_MS + 1,
    keepAliveTimeoutMs: PATIENCE_MS,
  },
};
const INSTANCE_ID = 'ssoins-7e57000000000001';

/**
 * Starts an instance for a test.
 *
 * @throws {ConfigError} when the directory or the settings are not ones that a configuration file could have
 */
export async function startLatchkey(options: LatchkeyOptions = {}): Promise<Latchkey> {
  await using started = new AsyncDisposableStack();
  const folder = started.adopt(mkdtempSync(join(tmpdir(), 'latchkey-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const clock = new TestClock(options.clock);
  const { config, directory } = await resolveTestConfig(options, options.dataDir ?? folder);
  const server = await startServer({
    config,
    instanceId: config.instance.id ?? INSTANCE_ID,
    now: clock.now,
    ...(options.clock === 'still' && patience),
    ...(options.dataDir === undefined && { openStore: (bounds) => openSqliteStore(':memory:', bounds) }),
  });
  started.defer(() => server.close());
  const { instanceId, store } = server.context;
  await applyDeclaration(store, directory, { instanceId, now: clock.now });
  server.directoryLoaded();
  const home = writeAwsHome(folder, server.context, listAssignedAccounts(directory));
  const privateNames = started.use(await openPrivateNames(server, options));
  const running = started.move();
  const close = () => running.disposeAsync();
  return {
    url: server.url,
    startUrl: issuerUrl({ instanceId }),
    region: config.instance.region,
    ...home,
    ...(privateNames !== undefined && { privateNames, env: { ...home.env, ...privateNames.env } }),
    clock,
    ...peopleOf(server.context),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function openPrivateNames(
  server: RunningServer,
  { privateNamesPort: port, clock }: LatchkeyOptions,
): Promise<PrivateNames | undefined> {
  if (port === undefined) return undefined;
  const { startPrivateNames } = await import('../private-names/private-names.ts');
  return startPrivateNames(server, port, clock === 'still' ? patience.connectionBounds : {});
}
