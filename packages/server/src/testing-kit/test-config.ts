import { resolve } from 'node:path';
import type { OperatorText } from '../branding/operator-text.ts';
import { checkAccent } from '../config/check-accent.ts';
import { checkDirectoryReferences } from '../config/check-directory-references.ts';
import { checkKnownClients } from '../config/check-known-clients.ts';
import { checkPolicy } from '../config/check-policy.ts';
import { checkValues } from '../config/check-values.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { resolveDeclaration, resolveSettings } from '../config/resolve-settings.ts';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { resolveDirectory, type TestDirectory } from './test-directory.ts';

/** The directory and the settings that a test may choose. */
export interface TestConfig extends TestDirectory {
  /** Default: a free port. */
  readonly port?: number;
  /** Changes of the default settings, by section. */
  readonly settings?: {
    readonly lifetimes?: Partial<Config['lifetimes']>;
    readonly limits?: Partial<Config['limits']>;
    readonly grants?: Partial<Config['grants']>;
    /** `recentSignInSeconds: 900` is `recentSignIn: 15m` in a file. */
    readonly deviceSignIn?: Partial<Config['deviceSignIn']>;
    readonly clients?: Config['clients'];
    /** Likewise: `sessionSeconds: 3600` is `session: 1h`. */
    readonly policy?: Config['policy'];
    readonly instance?: Partial<Config['instance']>;
    readonly cors?: Partial<Config['cors']>;
    readonly log?: Partial<Config['log']>;
    /** As in a configuration file, e.g. `accent: '#7a2e8f'`. */
    readonly branding?: {
      readonly name?: string;
      readonly logo?: string;
      readonly accent?: string;
      readonly accentDark?: string;
      readonly supportUrl?: string;
      readonly supportText?: OperatorText;
      readonly message?: OperatorText;
    };
    /** As in a configuration file. */
    readonly smtp?: {
      readonly url: string;
      readonly from: string;
      readonly user?: string;
      readonly passwordFile?: string;
      readonly language?: 'en' | 'de';
    };
    readonly passwords?: Partial<Config['passwords']>;
    readonly models?: Config['models'];
    readonly reference?: Partial<Config['reference']>;
    readonly trustedProxies?: Config['trustedProxies'];
  };
}

/** All requests of a test come from one address, as fast as they can. */
const PACE = { deviceAuthorizationsPerAddressPerMinute: 1_000_000 };

/**
 * Turns the options into the content of a configuration file, then checks and completes it like one.
 *
 * @throws {ConfigError} with every problem found
 */
export async function resolveTestConfig(
  options: TestConfig,
  dataDir: string,
): Promise<{ readonly config: Config; readonly directory: DirectoryConfig }> {
  const { port = 0, settings: { lifetimes, limits, log, deviceSignIn, policy, ...sections } = {} } = options;
  const { permissionSets, ...directory } = await resolveDirectory(options);
  const content = {
    ...sections,
    ...directory,
    permissionSets: permissionSets.map(writeDurations),
    lifetimes: writeDurations(lifetimes),
    limits: { ...PACE, ...writeDurations(limits) },
    deviceSignIn: writeDurations(deviceSignIn),
    policy: (policy ?? []).map((rule) => writeDurations(rule)),
    log: { level: 'silent', ...log },
    listen: { port },
    dataDir,
  };
  const { settings, findings } = checkValues(content, () => undefined);
  const problems = [
    ...findings,
    ...checkDirectoryReferences(content),
    ...checkKnownClients(content),
    ...checkPolicy(content, undefined),
    ...checkAccent(content),
  ].map(({ message }) => ({
    source: 'startLatchkey',
    message,
  }));
  if (settings === undefined || problems.length > 0) throw new ConfigError(problems);
  return {
    config: resolveSettings(settings, (path) => resolve(path)),
    directory: resolveDeclaration(settings),
  };
}

/** `{ accessTokenSeconds: 3600 }` as it is written in a file: `{ accessToken: '3600s' }`. */
function writeDurations(section: object = {}): object {
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) =>
      key.endsWith('Seconds') ? [key.slice(0, -'Seconds'.length), `${value}s`] : [key, value],
    ),
  );
}
