import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import type { LoadedConfig } from '../../config/load-config.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { openStoreDirectory } from '../../control/store-directory.ts';
import { applyDeclaration } from '../../directory/file/apply-declaration.ts';
import { DATABASE_FILE } from '../../store/sqlite/database-file.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { withDirectory } from '../entries/open-directory.ts';

/**
 * Reads the directory of the instance: that of its store, or, where there is none yet or it is closed to whoever runs the
 * command, what the configuration declares.
 */
export async function withKnownDirectory<Result>(
  command: Command,
  { config, directory }: LoadedConfig,
  instanceId: string,
  read: (directory: CommandDirectory) => Promise<Result>,
): Promise<Result> {
  if (config.store !== undefined || existsSync(path.join(config.dataDir, DATABASE_FILE)))
    return withDirectory(command, (opened) => read(opened.directory));
  const store = openSqliteStore(':memory:');
  try {
    await applyDeclaration(store, directory, { instanceId, now: Date.now });
    const host = { release: manifest.version, instanceId };
    const { baseUrl } = config;
    return await read(openStoreDirectory({ store, audit: { record() {} }, now: Date.now, host, baseUrl }));
  } finally {
    await store.close();
  }
}
