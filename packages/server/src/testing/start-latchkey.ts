import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { issuerUrl } from '../grants/start-url.ts';
import { startServer } from '../server.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { writeAwsHome } from './aws-home.ts';
import { type Span, TestClock } from './clock.ts';
import { type People, peopleOf } from './people.ts';
import { resolveDirectory, type TestDirectory } from './test-directory.ts';

export interface LatchkeyOptions extends TestDirectory {
  /** Keeps database and keys here, so that another start finds them again. Default: in memory. */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** What to change of the default settings, by section. */
  readonly settings?: {
    readonly lifetimes?: Partial<Config['lifetimes']>;
    readonly limits?: Partial<Config['limits']>;
    readonly grants?: Partial<Config['grants']>;
    readonly instance?: Partial<Config['instance']>;
    readonly log?: Partial<Config['log']>;
    readonly trustedProxies?: Config['trustedProxies'];
  };
}

/** A running instance. `await using` closes it. */
export interface Latchkey extends People, AsyncDisposable {
  /** E.g. `http://localhost:40123`. */
  readonly url: string;
  /** What to configure as `sso_start_url`. */
  readonly startUrl: string;
  /** What to configure as `sso_region`. */
  readonly region: string;
  /**
   * For child processes: the endpoints, the files of `configFile`, and a home folder in which AWS clients keep their
   * caches.
   */
  readonly env: Readonly<Record<string, string>>;
  /** An AWS configuration file with a profile `latchkey` for the first account and role. */
  readonly configFile: string;
  readonly clock: { now(): number; advance(span: Span): void };
  /** Finishes the requests in flight and removes what was made for the test. */
  close(): Promise<void>;
}

const INSTANCE_ID = 'ssoins-7e57000000000001';

/**
 * Starts an instance for a test.
 *
 * @throws {ConfigError} when the settings do not fit together
 */
export async function startLatchkey(options: LatchkeyOptions = {}): Promise<Latchkey> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const clock = new TestClock();
  const config = await resolveConfig(options, options.dataDir ?? folder);
  const server = await startServer({
    config,
    instanceId: config.instance.id ?? INSTANCE_ID,
    now: clock.now,
    ...(options.dataDir === undefined && { openStore: () => openSqliteStore(':memory:') }),
  });
  const { instanceId } = server.context;
  const { region } = config.instance;
  const close = async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    url: server.url,
    startUrl: issuerUrl({ instanceId }),
    region,
    ...writeAwsHome(folder, server.context),
    clock,
    ...peopleOf(server.context),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function resolveConfig(options: LatchkeyOptions, dataDir: string): Promise<Config> {
  const { settings = {}, port = 0 } = options;
  const { config } = await loadConfig({ dataDir, cwd: dataDir, env: {} });
  const { file: _, ...defaults } = config;
  return {
    ...defaults,
    baseUrl: `http://localhost:${port}`,
    listen: { host: '127.0.0.1', port },
    lifetimes: { ...config.lifetimes, ...settings.lifetimes },
    limits: { ...config.limits, ...settings.limits },
    grants: { ...config.grants, ...settings.grants },
    instance: { ...config.instance, ...settings.instance },
    log: { ...config.log, level: 'silent', ...settings.log },
    trustedProxies: settings.trustedProxies ?? config.trustedProxies,
    directory: await resolveDirectory(options),
  };
}
