import path from 'node:path';
import type { Command } from 'commander';
import { BackupError } from '../backup/backup-error.ts';
import { type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { findInstanceId } from '../config/instance-id.ts';
import { loadConfig } from '../config/load-config.ts';
import { describeExposure } from '../files/exposed-file.ts';
import { explainFileError } from '../files/file-error.ts';
import { FolderLockedError } from '../files/lock-folder.ts';
import { CommandError } from './exit-code.ts';
import { configSources } from './sources.ts';
import { refuseForPostgresql } from './store/refuse-for-postgresql.ts';

export function define(command: Command): void {
  command
    .description('Puts the database of a backup in place of the current one. The server must not be running.')
    .argument('<file>', 'a backup, made by `latchkey backup`; - means standard input')
    .option('--keep-sessions', 'let the sessions of the backup go on, also those that were ended since then')
    .addHelpText(
      'after',
      `
The database that was there is kept aside, in the data folder. If the backup cannot be restored, nothing is changed. All
sessions end, because some of them may have been ended since the backup: people sign in again. The keys of a backup that has
them are taken where there is no keys.json.

Examples:
  latchkey restore /var/backups/latchkey-monday.db
  age --decrypt latchkey.age | latchkey restore -`,
    )
    .action(async (file: string, { keepSessions = false }: { keepSessions?: boolean }) => {
      const { config } = await loadConfig(configSources(command));
      refuseForPostgresql(config, 'restore');
      const { dataDir } = config;
      try {
        const restored = await restoreBackup(file === '-' ? process.stdin : file, {
          dataDir,
          instanceId: await findInstanceId(config),
          keepSessions,
          nowMs: Date.now(),
        });
        report(restored, dataDir, keepSessions);
        const exposure = file === '-' ? undefined : describeExposure(path.resolve(file), 'owner');
        if (exposure !== undefined) console.error(`The backup is open to others: ${exposure}`);
      } catch (error) {
        if (error instanceof FolderLockedError) {
          throw new CommandError(
            `A server uses the data folder ${dataDir}: stop it first. Nothing was changed`,
          );
        }
        if (!(error instanceof BackupError)) {
          throw new CommandError(
            `The data folder ${dataDir} cannot be used: ${explainFileError(error)}. Nothing was changed`,
          );
        }
        const name = file === '-' ? 'what is on standard input' : file;
        throw new CommandError(`Cannot restore ${name}: ${error.message}. Nothing was changed`);
      }
    });
}

function report(
  { instanceId, createdAt, keptAside, tookKeys, sessionsEnded }: Restored,
  dataDir: string,
  keepSessions: boolean,
): void {
  console.log(`Restored the database of ${instanceId} in ${dataDir}, as it was at ${createdAt}`);
  if (tookKeys) console.log('The keys were taken from the backup');
  console.log(
    keepSessions
      ? 'The sessions of then go on, also those that were ended since'
      : `All sessions have ended (${sessionsEnded}): people sign in again`,
  );
  if (keptAside !== undefined)
    console.log(`The database that was there is ${keptAside}: remove it when all is well`);
}
