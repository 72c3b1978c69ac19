import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { findOthers, noOthers } from '../directory/file/find-others.ts';
import { type CheckedConfig, type Checks, checkConfig, type FindOthers } from './check-config.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { type ConfigText, parseConfigFile, type ReadText, readConfigText } from './config-file.ts';
import { directoryLists } from './directory-schema.ts';
import { environmentVariable } from './environment.ts';
import { readStoredDirectory } from './stored-directory.ts';

/** The name of a configuration file that is found without being named. */
export const CONFIG_FILE = 'latchkey.yaml';

/** Where the configuration is read from. */
export interface ConfigSources {
  /** Path of the file. Default: `LATCHKEY_CONFIG`, else `latchkey.yaml` in `cwd` or in the data folder. */
  readonly file?: string;
  /** Path of the data folder. Default: `LATCHKEY_DATA_DIR`, else the setting `dataDir`. */
  readonly dataDir?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The options of the command line by the variables whose values they gave, e.g. `--port` by `LATCHKEY_LISTEN_PORT`: errors
   * name what the person wrote.
   */
  readonly options?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether a server is to run with it, so that what matters to a server alone is checked, too. Default: no */
  readonly isServing?: boolean;
}

/** A valid configuration, and what the text was from which it was read. */
export interface LoadedConfig extends Omit<CheckedConfig, 'config'> {
  /** Without `file` when there is no file. */
  readonly config: Config;
  /** SHA-256 of what the directory is read from: the file, and the variables of the environment over it. */
  readonly digest: Buffer;
  /** Absent when there is no file. */
  readonly text?: TextFacts;
}

/** What matters of a configuration text, which may be long, once it was read. */
export interface TextFacts {
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly digest: string;
  /** Whether it has no settings at all: perhaps somebody is about to write it. */
  readonly isEmpty: boolean;
  readonly isJson: boolean;
  /** Whether it has password hashes. */
  readonly isSecret: boolean;
}

/**
 * Finds, reads and checks the configuration: the file if there is one, with the environment over it.
 *
 * @param checks - what is checked beyond the configuration itself; by default that the files which it names can be read, and
 *   that the directory in the store has the entries of other sources to which the configuration refers
 * @throws {ConfigError} with every problem found
 */
export async function loadConfig(
  sources: ConfigSources,
  checks: Checks = { namedFiles: true },
  readText: ReadText = readConfigText,
): Promise<LoadedConfig> {
  const environment = withOptions(sources);
  const withOthers = { findOthers: findInStore, ...checks };
  const file = await findConfigFile(environment);
  if (file === undefined) {
    const checked = await checkConfig(undefined, environment, withOthers);
    return { ...checked, digest: digestOfDirectory(undefined, environment) };
  }
  const text = await readText(file, ...describeFile(file, environment));
  const checked = await checkText(text, file, environment, withOthers);
  return {
    ...checked,
    config: { ...checked.config, file },
    digest: digestOfDirectory(text, environment),
    text: describeText(text),
  };
}

/**
 * The same without the directory, which is not even parsed where the file allows that: it is empty in the result.
 *
 * @param readText - which may leave the directory out
 * @throws {ConfigError} with every problem of the settings
 */
export function loadSettings(
  sources: ConfigSources,
  checks?: Omit<Checks, 'findOthers'>,
  readText?: ReadText,
): Promise<LoadedConfig> {
  return loadConfig(sources, { namedFiles: true, ...checks, settingsOnly: true }, readText);
}

/**
 * Checks a text before it becomes the configuration file.
 *
 * @throws {ConfigError} with every problem found
 */
export async function checkConfigText(text: string, file: string, sources: ConfigSources): Promise<void> {
  await checkText({ text }, file, withOptions(sources), { namedFiles: true, findOthers: findInStore });
}

/** @returns the absolute path of the configuration file that these sources lead to; `undefined` when there is none */
export function locateConfigFile(sources: ConfigSources): Promise<string | undefined> {
  return findConfigFile(withOptions(sources));
}

/** @returns the file as a person in `cwd` would name it */
export function displayPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
}

interface Environment extends Pick<ConfigSources, 'env' | 'options' | 'cwd' | 'isServing'> {
  /** The option or variable that names the file; absent where it is found, or known from before. */
  readonly fileGivenBy: string | undefined;
}

/** Turns options of the command line into environment variables, which they override. */
function withOptions({ file, dataDir, env, options, ...rest }: ConfigSources): Environment {
  const isNamedByVariable = file === undefined && env['LATCHKEY_CONFIG'] !== undefined;
  return {
    ...rest,
    fileGivenBy: options?.['LATCHKEY_CONFIG'] ?? (isNamedByVariable ? 'LATCHKEY_CONFIG' : undefined),
    ...(options !== undefined && { options }),
    env: {
      ...env,
      ...(file !== undefined && { LATCHKEY_CONFIG: file }),
      ...(dataDir !== undefined && { LATCHKEY_DATA_DIR: dataDir }),
    },
  };
}

async function findConfigFile({ env, fileGivenBy, cwd }: Environment): Promise<string | undefined> {
  const { LATCHKEY_CONFIG: named } = env;
  if (named === '') {
    throw new ConfigError([
      { source: fileGivenBy ?? 'LATCHKEY_CONFIG', message: 'expected the path of a file, got nothing' },
    ]);
  }
  if (named !== undefined) return path.resolve(cwd, named);
  for (const folder of [cwd, path.resolve(cwd, env['LATCHKEY_DATA_DIR'] ?? '.latchkey')]) {
    const candidate = path.join(folder, CONFIG_FILE);
    if (await exists(candidate)) return candidate;
  }
  return undefined;
}

/** How an error about the whole file begins: with what named the file, if anything did. */
function describeFile(file: string, { fileGivenBy, cwd }: Environment): [source: string, subject: string] {
  const name = displayPath(file, cwd);
  return fileGivenBy === undefined ? [name, ''] : [fileGivenBy, `${name} `];
}

/** Errors other than a missing file count as existing, so that reading the file reports them. */
async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

async function checkText(
  { text, lineOf }: Pick<ConfigText, 'text' | 'lineOf'>,
  file: string,
  environment: Environment,
  checks: Checks,
): Promise<CheckedConfig> {
  const name = displayPath(file, environment.cwd);
  const options = checks.settingsOnly ? { without: new Set(directoryLists) } : {};
  const parsed = await parseConfigFile(text, name, { ...options, ...(lineOf && { lineOf }) });
  return checkConfig({ path: file, name, parsed }, environment, checks);
}

/** What the ids and references of a release are made of: another number makes every file be read anew. */
const DIGEST_VERSION = 1;

function digestOfDirectory(text: ConfigText | undefined, { env }: Environment): Buffer {
  const variables = directoryLists.map((list) => env[environmentVariable([list])] ?? null);
  return hash('sha256', JSON.stringify([DIGEST_VERSION, text?.digest ?? null, ...variables]), 'buffer');
}

function describeText({ text, digest, isSecret }: ConfigText): TextFacts {
  return {
    digest,
    isEmpty: hasNoSettings(text),
    isJson: /^\s*\{/.test(text),
    isSecret,
  };
}

function hasNoSettings(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    if (!/^\s*(?:#.*|---|\.\.\.)?\s*$/.test(text.slice(start, end))) return false;
    start = end + 1;
  }
  return true;
}

const findInStore: FindOthers = async (names, config) => {
  await using stored = await readStoredDirectory(config);
  return stored === undefined ? noOthers : await findOthers(stored.reader, names);
};
