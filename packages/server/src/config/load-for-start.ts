import { stat } from 'node:fs/promises';
import { readFolderDirectory } from '../store/sqlite/read-directory.ts';
import { ConfigError } from './config-error.ts';
import { readSettingsText } from './config-file.ts';
import {
  type ConfigSources,
  type LoadedConfig,
  loadConfig,
  loadSettings,
  locateConfigFile,
} from './load-config.ts';
import { LoadedDirectory, type ReadDirectory } from './loaded-directory.ts';
import { MAX_BYTES_HERE, readDirectory } from './read-directory.ts';

/** What a server starts with. */
export interface StartConfig {
  readonly loaded: Pick<LoadedConfig, 'config' | 'text' | 'sourceOf' | 'digest'>;
  /** The directory that the store is to have. Absent: the store has it, and it was not even parsed. */
  readonly directory?: ReadDirectory;
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
  if (await isInStore(dataDir, settings.digest)) return { loaded: settings };
  const directory = await readDirectory({ ...sources, ...(file && { file }) }, { namedFiles: true });
  return { loaded: settings, directory };
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

/** Whether the store in a data folder has a directory already. Where that cannot be read, the start says why. */
async function isInStore(dataDir: string, digest: Buffer): Promise<boolean> {
  try {
    using folder = readFolderDirectory(dataDir);
    const stored = (await folder?.reader.findSource('file'))?.digest;
    return stored !== undefined && digest.equals(stored);
  } catch {
    return false;
  }
}
