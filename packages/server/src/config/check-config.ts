import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readLogo } from '../branding/logo.ts';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { noOthers, type Others, type UndeclaredName } from '../directory/file/find-others.ts';
import { explainFileError } from '../files/file-error.ts';
import { checkRefusedFile } from '../passwords/refused-file.ts';
import { checkAccent } from './check-accent.ts';
import { checkDirectoryReferences, listUndeclared } from './check-directory-references.ts';
import { checkKnownClients } from './check-known-clients.ts';
import { checkMetricsPort } from './check-metrics-port.ts';
import { checkPlainHttp } from './check-plain-http.ts';
import { checkPolicy } from './check-policy.ts';
import { checkSmtp } from './check-smtp.ts';
import { checkUnnamedProxy } from './check-unnamed-proxy.ts';
import { checkValues, type Finding, renderPath } from './check-values.ts';
import type { Config } from './config.ts';
import { ConfigError, type ConfigProblem, renderProblem } from './config-error.ts';
import { directoryLists } from './directory-schema.ts';
import { givenBy, readEnvironment } from './environment.ts';
import type { ConfigFile } from './parse-yaml.ts';
import { readStoreSetting } from './read-store-setting.ts';
import { resolveDeclaration, resolveSettings } from './resolve-settings.ts';
import { settingsSchema } from './settings-schema.ts';
import { type Path, valueAt } from './settings-tree.ts';

/** The configuration file, read and parsed. */
export interface NamedFile {
  readonly path: string;
  /** As the person would name it, for messages. */
  readonly name: string;
  readonly parsed: ConfigFile;
}

/** @param config - says where the store is */
export type FindOthers = (
  names: readonly UndeclaredName[],
  config: Pick<Config, 'dataDir' | 'store'>,
) => Promise<Others>;

export interface Checks {
  /** Whether the files and directories that settings name must be readable. */
  readonly namedFiles: boolean;
  /** Finds the entries of other sources to which the directory refers. Default: there are none. */
  readonly findOthers?: FindOthers;
  /** Whether the directory is left out, and taken for empty. */
  readonly settingsOnly?: boolean;
}

/** @returns what gave a setting, for messages: an option, a variable, or a place in the file; `undefined` for a default */
export type SourceOf = (path: Path) => string | undefined;

export interface CheckedConfig {
  readonly config: Omit<Config, 'file'>;
  readonly directory: DirectoryConfig;
  /** The entries of other sources to which the directory refers. */
  readonly others: Others;
  readonly sourceOf: SourceOf;
  /** @returns a problem with the value at a path, and its place */
  problemAt(path: Path, message: string): ConfigProblem;
}

/**
 * Runs every check on the whole configuration: the file, with the environment over it.
 *
 * @throws {ConfigError} with every problem found
 */
export async function checkConfig(
  file: NamedFile | undefined,
  {
    env,
    options = {},
    cwd,
    isServing = false,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly options?: Readonly<Record<string, string>>;
    readonly cwd: string;
    readonly isServing?: boolean;
  },
  { namedFiles, findOthers = async () => noOthers, settingsOnly = false }: Checks,
): Promise<CheckedConfig> {
  const environment = readEnvironment(settingsSchema, env);
  const whole = environment.settings.reduce<unknown>(
    (value, setting) => setAt(value, setting.path, setting.value),
    file?.parsed.content ?? {},
  );
  const content = settingsOnly ? withoutDirectory(whole) : whole;

  const givenByEnvironment = (at: Path) => environment.settings.find((setting) => overlaps(setting.path, at));
  const findSource = (at: Path) => (givenByEnvironment(at) ? undefined : file?.parsed.findSource(at));
  const resolvePath = (value: string, at: Path) =>
    path.resolve(file !== undefined && findSource(at) !== undefined ? path.dirname(file.path) : cwd, value);

  const { settings, findings } = checkValues(content, findSource);
  const store = settings && readStoreSetting(settings, resolvePath);
  const config = settings && { ...resolveSettings(settings, resolvePath), ...store?.setting };
  const undeclared = config === undefined ? [] : listUndeclared(content);
  const others =
    config === undefined || undeclared.length === 0 ? noOthers : await findOthers(undeclared, config);
  const all = [
    ...findings,
    ...(store?.findings ?? []),
    ...checkDirectoryReferences(content, others),
    ...checkMetricsPort(content),
    ...checkKnownClients(content),
    ...checkPolicy(content, config?.baseUrl),
    ...checkAccent(content),
    ...checkSmtp(content),
    ...checkPlainHttp(content),
    ...(isServing ? checkUnnamedProxy(content) : []),
    ...(namedFiles
      ? [...(await checkFiles(config)), ...checkLogo(config?.branding.logo), ...(await checkRefused(config))]
      : []),
  ];
  const locate = ({ path: at, part, message }: Finding): ConfigProblem => {
    const setting = givenByEnvironment(at);
    if (setting !== undefined) return { source: givenBy(setting.variable, options), message };
    if (file !== undefined) return { source: file.name, ...file.parsed.locate(at, part), message };
    return { source: 'configuration', message };
  };
  const problems = [
    ...inOrder(all.map(locate)),
    ...environment.problems.map(({ source, ...problem }) => ({
      source: givenBy(source, options),
      ...problem,
    })),
  ];
  if (settings === undefined || config === undefined || problems.length > 0) throw new ConfigError(problems);
  return {
    config,
    directory: resolveDeclaration(settings),
    others,
    problemAt: (at, message) => locate({ path: at, part: 'value', message: `${renderPath(at)}${message}` }),
    sourceOf(at) {
      const setting = givenByEnvironment(at);
      if (setting !== undefined) return givenBy(setting.variable, options);
      if (file === undefined || valueAt(file.parsed.content, at) === undefined) return undefined;
      const { line, column } = file.parsed.locate(at, 'value');
      return `${file.name}:${line}:${column}`;
    },
  };
}

/** Checks that the files and directories that the configuration names can be read. */
async function checkFiles(config: Pick<Config, 'tls' | 'models' | 'smtp'> | undefined): Promise<Finding[]> {
  const files = [
    ...Object.entries(config?.tls ?? {}).map(([key, file]) => ({ path: ['tls', key], file, open: access })),
    ...(config?.smtp?.passwordFile === undefined
      ? []
      : [{ path: ['smtp', 'passwordFile'], file: config.smtp.passwordFile, open: access }]),
    ...(config?.models ?? []).map((file, index) => ({ path: ['models', index], file, open: readdir })),
  ];
  const findings = files.map(async ({ path: at, file, open }): Promise<Finding[]> => {
    try {
      await open(file);
      return [];
    } catch (error) {
      const message = `${renderPath(at)}${file} cannot be read: ${explainFileError(error)}`;
      return [{ path: at, part: 'value', message }];
    }
  });
  return (await Promise.all(findings)).flat();
}

function checkLogo(file: string | undefined): Finding[] {
  if (file === undefined) return [];
  try {
    readLogo(file);
    return [];
  } catch (error) {
    const at = ['branding', 'logo'];
    return [{ path: at, part: 'value', message: `${renderPath(at)}${file} ${(error as Error).message}` }];
  }
}

async function checkRefused(config: Pick<Config, 'passwords'> | undefined): Promise<Finding[]> {
  const file = config?.passwords.refusedFile;
  if (file === undefined) return [];
  try {
    await checkRefusedFile(file);
    return [];
  } catch (error) {
    const at = ['passwords', 'refusedFile'];
    return [{ path: at, part: 'value', message: `${renderPath(at)}${(error as Error).message}` }];
  }
}

/** Sorted by their place in the file, without duplicates. */
function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [renderProblem(problem), problem])).values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

function withoutDirectory(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  return Object.fromEntries(Object.entries(content).filter(([key]) => !directoryLists.includes(key)));
}

/** Whether the paths are the same, or one leads through the other. */
function overlaps(a: Path, b: Path): boolean {
  return a.every((key, depth) => depth >= b.length || b[depth] === key);
}

/** @returns a copy with the value at the path; the target itself when a part of the path is not a mapping */
function setAt(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return target;
  return { ...target, [key]: setAt(valueAt(target, [key]) ?? {}, rest, value) };
}
