import manifest from '../../../package.json' with { type: 'json' };
import { keepEvents } from '../../audit/kept-events.ts';
import { applyConfiguration } from '../../config/apply-configuration.ts';
import { applyFormerDirectory } from '../../config/apply-former-directory.ts';
import { DirectoryGuard } from '../../config/directory-guard.ts';
import { ensureInstanceId } from '../../config/instance-id.ts';
import type { ConfigSources } from '../../config/load-config.ts';
import { loadForStart, type StartConfig } from '../../config/load-for-start.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { openStoreDirectory } from '../../control/store-directory.ts';
import { openDataFolder } from '../../data-folder.ts';
import type { Store } from '../../store/store.ts';

export interface LocalDirectory {
  readonly directory: CommandDirectory;
  close(): Promise<void>;
}

/**
 * Opens the directory in the data folder itself, with what the configuration declares, as a server would have it.
 *
 * @throws {ConfigError} when the configuration is not valid
 * @throws {FolderLockedError} while a server runs with the folder
 */
export async function openLocalDirectory(sources: ConfigSources): Promise<LocalDirectory> {
  const { readDirectory, ...begun } = await loadForStart(sources);
  const start = readDirectory === undefined ? begun : { ...begun, directory: await readDirectory() };
  const { config } = start.loaded;
  const { dataDir, file } = config;
  const warn = (message: string) => console.error(`Warning: ${message}`);
  const folder = openDataFolder(dataDir, { nowMs: Date.now(), warn, storeOptions: {} });
  try {
    const instanceId = await ensureInstanceId(config);
    const { store } = folder;
    await applyStart(start, { store, instanceId, warn });
    const host = { release: manifest.version, instanceId, ...(file !== undefined && { configFile: file }) };
    const audit = keepEvents(dataDir, Date.now);
    return {
      directory: openStoreDirectory({ store, audit, now: Date.now, host }),
      close: () => folder.close(),
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** Without a configuration, the directory stays as it is: perhaps the command runs in another folder than the server. */
async function applyStart(
  { loaded, directory }: StartConfig,
  options: {
    readonly store: Store;
    readonly instanceId: string;
    readonly warn: (message: string) => void;
  },
): Promise<void> {
  const { dataDir, file } = loaded.config;
  const guard = DirectoryGuard.open(dataDir, options.warn);
  const log = { info() {}, warn: options.warn, error: options.warn };
  const parts = { ...options, guard, now: Date.now, log };
  await applyFormerDirectory(dataDir, parts);
  if (directory === undefined) return;
  const isConfigured = file !== undefined || directory.facts.counts.users > 0;
  const digest = (await options.store.findSource('file'))?.digest;
  const isApplied = digest !== undefined && Buffer.compare(digest, directory.facts.digest) === 0;
  if (isConfigured && !isApplied) await applyConfiguration(directory, parts);
  await directory.close();
}
