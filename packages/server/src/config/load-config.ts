import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type CheckedConfig, checkConfig, type FileChecks, type SourceOf } from './check-config.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { parseConfigFile, readConfigText } from './config-file.ts';

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

/** A valid configuration, and the text that it was read from. */
export interface LoadedConfig {
  /** Without `file` when there is no file. */
  readonly config: Config;
  /** Of the file; empty when there is none. */
  readonly text: string;
  readonly sourceOf: SourceOf;
}

/**
 * Finds, reads and checks the configuration: the file if there is one, with the environment over it.
 *
 * @param checks - what is checked beyond the configuration itself; by default that the files which it names can be read
 * @throws {ConfigError} with every problem found
 */
export async function loadConfig(
  sources: ConfigSources,
  checks: FileChecks = { namedFiles: true },
): Promise<LoadedConfig> {
  const environment = withOptions(sources);
  const file = await findConfigFile(environment);
  if (file === undefined) return { ...(await checkConfig(undefined, environment, checks)), text: '' };
  const text = await readConfigText(file, ...describeFile(file, environment));
  const { config, sourceOf } = await checkText(text, file, environment, checks);
  return { config: { ...config, file }, text, sourceOf };
}

/**
 * Checks a text before it becomes the configuration file.
 *
 * @throws {ConfigError} with every problem found
 */
export async function checkConfigText(text: string, file: string, sources: ConfigSources): Promise<void> {
  await checkText(text, file, withOptions(sources), { namedFiles: true });
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
  text: string,
  file: string,
  environment: Environment,
  checks: FileChecks,
): Promise<CheckedConfig> {
  const name = displayPath(file, environment.cwd);
  return checkConfig({ path: file, name, parsed: await parseConfigFile(text, name) }, environment, checks);
}
