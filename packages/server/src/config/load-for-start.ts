import { stat } from 'node:fs/promises';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { readSettingsText } from './config-file.ts';
import { hasFormerDirectory } from './former-directory.ts';
import {
  type ConfigSources,
  type LoadedConfig,
  loadConfig,
  loadSettings,
  locateConfigFile,
} from './load-config.ts';
import { LoadedDirectory, type ReadDirectory } from './loaded-directory.ts';
import { MAX_BYTES_HERE, readDirectory } from './read-directory.ts';
import { readStoredDirectory } from './stored-directory.ts';

/** What a server starts with. */
export interface StartConfig {
  readonly loaded: Pick<LoadedConfig, 'config' | 'text' | 'sourceOf' | 'digest'>;
  /** The directory that the store is to have. Absent: the store has it, and it was not even parsed. */
  readonly directory?: ReadDirectory;
  /**
   * Reads the directory, where the data folder has none that was applied wholly, and the file is large: that takes long, and
   * the server can listen before. In place of `directory`.
   *
   * @param signal - ends the reading
   * @throws {ConfigError} with every problem found
   * @throws the reason of the signal
   */
  readonly readDirectory?: (signal?: AbortSignal) => Promise<ReadDirectory>;
}

/**
 * Loads the configuration for a start. Of a large file, the directory is read in a thread, and only where it is another one
 * than the store has.
 *
 * @throws {ConfigError} with every problem found
 */
export async function loadForStart(sources: ConfigSources): Promise<StartConfig> {
  const settings = await loadSettingsOfLarge(sources);
  if (settings === undefined) {
    const loaded = await loadConfig(sources);
    return { loaded, directory: new LoadedDirectory(loaded) };
  }
  const { file, dataDir } = settings.config;
  const stored = await findDigest(settings.config);
  if (stored !== undefined && settings.digest.equals(stored)) return { loaded: settings };
  const read = (signal?: AbortSignal) =>
    readDirectory({ ...sources, ...(file && { file }) }, { namedFiles: true, ...(signal && { signal }) });
  // Sessions of release 0.1 are nobody's until its directory is in the store.
  const isFirst = stored === undefined && !hasFormerDirectory(dataDir);
  return isFirst ? { loaded: settings, readDirectory: read } : { loaded: settings, directory: await read() };
}

/** @returns `undefined` where the whole is to be loaded at once: small, or no file that can be read twice, such as a pipe */
async function loadSettingsOfLarge(sources: ConfigSources): Promise<LoadedConfig | undefined> {
  const file = await locateConfigFile(sources);
  if (file === undefined || !(await isLargeFile(file))) return undefined;
  try {
    return await loadSettings(sources, undefined, readSettingsText);
  } catch (error) {
    // Together with those of the directory.
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

async function isLargeFile(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  return status?.isFile() === true && status.size > MAX_BYTES_HERE;
}

/** The digest of what the store has. Where that cannot be read, the start says why. */
async function findDigest(config: Config): Promise<Uint8Array | undefined> {
  try {
    await using stored = await readStoredDirectory(config);
    return (await stored?.reader.findSource('file'))?.digest;
  } catch {
    return undefined;
  }
}
