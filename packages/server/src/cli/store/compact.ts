import path from 'node:path';
import type { Command } from 'commander';
import { loadSettings } from '../../config/load-config.ts';
import { takeDataFolder } from '../../data-folder.ts';
import { FolderLockedError } from '../../files/lock-folder.ts';
import { DATABASE_FILE, isLostDatabase } from '../../store/sqlite/database-file.ts';
import { compactDatabase } from '../../store/sqlite/free-pages.ts';
import { CommandError } from '../exit-code.ts';
import { renderSize } from '../render-size.ts';
import { configSources } from '../sources.ts';

export function define(command: Command): void {
  command
    .description('Makes the file of a SQLite store as small as it can be. The server is stopped first.')
    .addHelpText(
      'after',
      `
A store that release 0.2 or a later one has made gives back by itself what is free, while a server runs. One of release 0.1 does so once
this command has written it anew; the folder needs room for a second file meanwhile. PostgreSQL uses its space again by itself.

Examples:
  latchkey store compact
  latchkey --data-dir /var/lib/latchkey store compact`,
    )
    .action(() => run(command));
}

async function run(command: Command): Promise<void> {
  const { config } = await loadSettings(configSources(command));
  if (config.store !== undefined) {
    throw new CommandError(
      'The store is in PostgreSQL, which uses the space of rows that went again by itself (autovacuum): VACUUM FULL gives it back, with every server stopped',
    );
  }
  const { dataDir } = config;
  const file = path.join(dataDir, DATABASE_FILE);
  if (isLostDatabase(file))
    throw new CommandError(`${dataDir} has no store: there is no ${DATABASE_FILE} in it`);
  const unlock = lock(dataDir);
  try {
    const { before, now } = compactDatabase(file);
    console.log(`Compacted ${file}: ${renderSize(before)} before, ${renderSize(now)} now`);
  } catch (error) {
    throw new CommandError(`${file} could not be compacted, and is as it was: ${(error as Error).message}`);
  } finally {
    unlock();
  }
}

function lock(dataDir: string): () => void {
  try {
    return takeDataFolder(dataDir);
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error;
    throw new CommandError(`${dataDir} is in use: stop the server, or the command, that uses it`);
  }
}
