import { ClientError } from '../client-error.ts';
import { readTextFile } from '../platform/files.ts';
import { expandHome } from './expand-home.ts';
import { type IniSection, parseIni } from './ini.ts';
import type { Environment } from './variables.ts';

/** The settings of a profile, an sso-session or a services section. */
export type Section = Pick<IniSection, 'values' | 'nested'>;

export interface NamedProfile extends Section {
  readonly name: string;
}

/** Content of `~/.aws/config` and `~/.aws/credentials`. */
export interface SharedConfig {
  /** Names of both files, for error messages: `"/home/alice/.aws/config" or "/home/alice/.aws/credentials"`. */
  readonly files: string;
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
}

/**
 * Reads both files. A file that does not exist counts as empty. Where both set a key of a profile, the credentials file
 * wins.
 *
 * @throws {ClientError} `badConfiguration` with file and line; `permissionDenied` where Deno may not read them
 */
export async function loadSharedConfig(env: Environment): Promise<SharedConfig> {
  const configFile = expandHome(env('AWS_CONFIG_FILE') ?? '~/.aws/config', env);
  const credentialsFile = expandHome(env('AWS_SHARED_CREDENTIALS_FILE') ?? '~/.aws/credentials', env);
  const [config, credentials] = await Promise.all(
    [configFile, credentialsFile].map(async (file) => parseIni((await readTextFile(file)) ?? '', file)),
  );
  const byKind = { profile: new Map(), 'sso-session': new Map(), services: new Map() } satisfies Record<
    string,
    Map<string, Section>
  >;
  const sections = config ?? [];
  const plainDefaultCounts = sections.every(({ heading }) => !/^profile\s+(["']?)default\1$/.test(heading));
  for (const section of sections) {
    const [, kind, name] = /^(profile|sso-session|services)\s+(.+)$/.exec(section.heading) ?? [];
    if (kind === 'profile' || kind === 'sso-session' || kind === 'services') {
      byKind[kind].set(unquoted(name ?? ''), section);
    } else if (section.heading === 'default' && plainDefaultCounts) {
      byKind.profile.set('default', section);
    }
  }
  for (const { heading, values, nested } of credentials ?? []) {
    const name = unquoted(heading);
    const below = byKind.profile.get(name);
    byKind.profile.set(name, {
      values: new Map([...(below?.values ?? []), ...values]),
      nested: new Map([...(below?.nested ?? []), ...nested]),
    });
  }
  return {
    files: `"${configFile}" or "${credentialsFile}"`,
    profiles: byKind.profile,
    ssoSessions: byKind['sso-session'],
    services: byKind.services,
  };
}

/** Name of the profile that options or environment ask for. @returns undefined when neither does */
export function wantedProfile(env: Environment, asked: string | undefined): string | undefined {
  return asked ?? env('AWS_PROFILE') ?? env('AWS_DEFAULT_PROFILE');
}

/**
 * The profile that options or `AWS_PROFILE` ask for, else `default`.
 *
 * @returns an empty profile when none was asked for and there is no `default`
 * @throws {ClientError} `badConfiguration` when there is no profile of the name asked for
 */
export function chosenProfile(config: SharedConfig, env: Environment, asked?: string): NamedProfile {
  const wanted = wantedProfile(env, asked);
  const name = wanted ?? 'default';
  const found = config.profiles.get(name);
  if (found === undefined && wanted !== undefined) {
    throw new ClientError('badConfiguration', `Cannot read the settings: ${missingProfile(name, config)}`);
  }
  return { name, values: found?.values ?? new Map(), nested: found?.nested ?? new Map() };
}

/** Part of an error message about a missing profile: which profiles there are, and how to choose one. */
export function missingProfile(name: string, { files, profiles }: SharedConfig): string {
  const absent = `there is no profile "${name}" in ${files}`;
  if (profiles.size === 0) return absent;
  const names = [...profiles.keys()];
  const some = names.length > 10 ? [...names.slice(0, 10), '…'] : names;
  return `${absent}; there are: ${some.join(', ')} (name one by AWS_PROFILE, or by profile of the ApiFactory)`;
}

/** Value of a key in the first profile that sets it. An empty value does not count. */
export function firstSetting(profiles: readonly Section[], key: string): string | undefined {
  return profiles.find(({ values }) => values.get(key))?.values.get(key);
}

function unquoted(name: string): string {
  return /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
}
