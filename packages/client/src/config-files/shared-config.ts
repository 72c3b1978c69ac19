import { ClientError } from '../client-error.ts';
import { readConfigFile } from '../platform/files.ts';
import { expandPath } from './expand-home.ts';
import { type IniFile, type IniSection, parseIni } from './ini.ts';
import { sectionName } from './section-name.ts';
import type { Environment } from './variables.ts';

/** The settings of an sso-session or a services section. */
export type Section = Omit<IniSection, 'heading'>;

/** The settings of a profile. Where both files set a key, the credentials file wins. */
export interface Profile extends Section {
  /** Where access keys and what belongs to them are read: the values of one file, if one has both keys. */
  readonly keys: ReadonlyMap<string, string>;
}

export interface NamedProfile extends Profile {
  readonly name: string;
}

/** Content of `~/.aws/config` and `~/.aws/credentials`. Read a section through `readable` before its settings are used. */
export interface SharedConfig {
  /** Names of both files, for error messages: `"/home/alice/.aws/config" or "/home/alice/.aws/credentials"`. */
  readonly files: string;
  /** Place and reason of what makes a whole file one that botocore refuses. */
  readonly fault?: string | undefined;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
}

/**
 * Reads both files, as botocore does. A file that does not exist, or may not be read, counts as empty.
 *
 * @throws {ClientError} `permissionDenied` where Deno may not read them
 */
export async function loadSharedConfig(env: Environment): Promise<SharedConfig> {
  const [config, credentials] = await Promise.all([
    readSections(env('AWS_CONFIG_FILE') ?? '~/.aws/config', env),
    readSections(env('AWS_SHARED_CREDENTIALS_FILE') ?? '~/.aws/credentials', env),
  ]);
  const profiles = new Map<string, Profile>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  for (const section of config.sections) {
    const { heading, values } = section;
    const kind = /^(profile|sso-session|services)/.exec(heading)?.[0];
    const name = heading === 'default' ? heading : kind && sectionName(heading);
    if (name === undefined) continue;
    const map: Map<string, Section> =
      kind === 'sso-session' ? ssoSessions : kind === 'services' ? services : profiles;
    // The last section of a name counts. One with a fault, which botocore refuses, is not to go unnoticed before it.
    const named = { ...section, keys: values, fault: map.get(name)?.fault ?? section.fault };
    map.set(name, named);
  }
  for (const { heading, values, nested, fault } of credentials.sections) {
    const below = profiles.get(heading);
    const merged = new Map([...(below?.values ?? []), ...values]);
    profiles.set(heading, {
      values: merged,
      nested: new Map([...[...(below?.nested ?? [])].filter(([key]) => !values.has(key)), ...nested]),
      keys: keysOf(values, below?.values, merged),
      fault: below?.fault ?? fault,
    });
  }
  return {
    files: `${config.file} or ${credentials.file}`,
    fault: config.fault ?? credentials.fault,
    profiles,
    ssoSessions,
    services,
  };
}

/** @returns the file's name in error messages, and its sections; a fault of the file is one of each section */
async function readSections(name: string, env: Environment): Promise<IniFile & { readonly file: string }> {
  const path = expandPath(name, env);
  const { text, isUtf8, failure } = await readConfigFile(path);
  const { sections, fault } = parseIni(text, path, isUtf8);
  return {
    file: failure === undefined ? `"${path}"` : `"${path}" (which cannot be read: ${failure})`,
    fault,
    sections: fault === undefined ? sections : sections.map((section) => ({ ...section, fault })),
  };
}

/** Keys of one file are not to be mixed with the session token or account of the other. */
function keysOf(
  credentials: Section['values'],
  config: Section['values'] | undefined,
  merged: Section['values'],
): Section['values'] {
  const [id, secret] = ['aws_access_key_id', 'aws_secret_access_key'];
  if (credentials.has(id)) return credentials.has(secret) ? credentials : merged;
  return config?.has(id) ? config : merged;
}

/** @throws {ClientError} `badConfiguration` with file and line, where the section is one that botocore refuses */
export function readable<Of extends Section | undefined>(section: Of): Of {
  const error = section && faultOf(section);
  if (error !== undefined) throw error;
  return section;
}

/** Error that says with file and line what botocore refuses in a section. @returns `undefined` when it reads it */
export function faultOf({ fault }: Section): ClientError | undefined {
  return fault === undefined ? undefined : new ClientError('badConfiguration', `Cannot read ${fault}`);
}

/** Name of the profile that options or environment ask for. @returns undefined when neither does */
export function wantedProfile(env: Environment, asked: string | undefined): string | undefined {
  return asked ?? env('AWS_PROFILE') ?? env('AWS_DEFAULT_PROFILE');
}

/**
 * The profile that options or `AWS_PROFILE` ask for, else `default`.
 *
 * @returns an empty profile when none was asked for and there is no `default`; also where `default` has a fault, or may
 *   be in a file that has one: the profile brings the fault, for those who cannot do without the profile
 * @throws {ClientError} `badConfiguration` when the profile asked for is not there, or has a fault
 */
export function chosenProfile(config: SharedConfig, env: Environment, asked?: string): NamedProfile {
  const wanted = wantedProfile(env, asked);
  const name = wanted ?? 'default';
  const none = new Map<string, never>();
  const missing = { values: none, nested: none, keys: none, fault: config.fault };
  const found = config.profiles.get(name) ?? missing;
  if (wanted === undefined)
    return { ...(found.fault === undefined ? found : missing), fault: found.fault, name };
  if (readable(found) !== missing) return { ...found, name };
  throw new ClientError('badConfiguration', `Cannot read the settings: ${missingProfile(name, config)}`);
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
