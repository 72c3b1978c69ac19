import manifest from '../../../package.json' with { type: 'json' };
import { keepEvents } from '../../audit/kept-events.ts';
import { ensureInstanceId } from '../../config/instance-id.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { openStoreDirectory } from '../../control/store-directory.ts';
import { openDataFolder } from '../../data-folder.ts';

/** Opens the directory in the data folder itself. @throws {FolderLockedError} while a server runs with it */
export async function openLocalDirectory({ config }: LoadedConfig): Promise<{
  readonly directory: CommandDirectory;
  close(): Promise<void>;
}> {
  const { dataDir, file } = config;
  const folder = openDataFolder(dataDir, { nowMs: Date.now(), warn: console.error, onDrop() {} });
  try {
    const instanceId = await ensureInstanceId(config);
    const host = { release: manifest.version, instanceId, ...(file !== undefined && { configFile: file }) };
    const { store } = folder;
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
