import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { BackupError } from '../backup/backup-error.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { findInstanceId } from '../config/instance-id.ts';
import { loadConfig } from '../config/load-config.ts';
import { explainFileError } from '../files/file-error.ts';
import { removeDatabase } from '../store/sqlite/database-file.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { type ProgressBar, showProgress } from './progress-bar.ts';
import { renderSize } from './render-size.ts';
import { configSources } from './sources.ts';
import { refuseForPostgresql } from './store/refuse-for-postgresql.ts';

export function define(command: Command): void {
  command
    .description('Copies the database into a new file, while a server runs or not.')
    .argument('<file>', 'file to write, which must not be there yet; - means standard output')
    .option('--with-keys', 'put the keys into the backup, too: whoever gets it can then act as anyone')
    .addHelpText(
      'after',
      `
The backup is the database as it was when the command began. Only its owner can read it (mode 0600). It has hashes of passwords:
keep it as a secret. Without the keys it opens no session: keep keys.json elsewhere, or make a backup with them. The
configuration file is in no backup.

Examples:
  latchkey backup /var/backups/latchkey-monday.db
  latchkey backup --with-keys - | age --recipient age1… > latchkey.age
  latchkey restore /var/backups/latchkey-monday.db`,
    )
    .action(async (file: string, { withKeys = false }: { withKeys?: boolean }) => {
      const { config } = await loadConfig(configSources(command));
      refuseForPostgresql(config, 'backup');
      const { dataDir } = config;
      const instanceId = await findInstanceId(config);
      if (instanceId === undefined) {
        throw new CommandError(
          `No server has run with the data folder ${dataDir}: there is nothing to back up`,
        );
      }
      if (file !== '-') {
        await write(path.resolve(file), { dataDir, instanceId, withKeys });
        const { size } = await stat(file);
        console.log(
          `Wrote ${file} (${renderSize(size)}): the database of ${instanceId}${describeKeys(withKeys)}`,
        );
        return;
      }
      if (process.stdout.isTTY) {
        throw new CommandError(
          'A backup is no text for a terminal: redirect standard output, or name a file',
          exitCode.usage,
        );
      }
      const temporary = path.join(dataDir, `.backup.${crypto.randomUUID()}`);
      try {
        await write(temporary, { dataDir, instanceId, withKeys });
        await pipeline(createReadStream(temporary), process.stdout);
      } finally {
        removeDatabase(temporary);
      }
      console.error(`Wrote the database of ${instanceId}${describeKeys(withKeys)}`);
    });
}

interface What {
  readonly dataDir: string;
  readonly instanceId: string;
  readonly withKeys: boolean;
}

async function write(file: string, what: What): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  let bar: ProgressBar | undefined;
  try {
    await writeBackup(file, {
      ...what,
      nowMs: Date.now(),
      signal: interruption.signal,
      onProgress({ done, total }) {
        bar ??= showProgress(total);
        bar.advance(done, 'pages of the database');
      },
    });
  } catch (error) {
    if (interruption.signal.aborted)
      throw new CommandError('Interrupted: no backup was made', exitCode.interrupted);
    throw new CommandError(error instanceof BackupError ? error.message : explainFileError(error));
  } finally {
    bar?.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

function describeKeys(withKeys: boolean): string {
  return withKeys
    ? ` and its keys.
Whoever gets this backup can make tokens for everyone who is signed in, credentials for every role, and secrets of
every client, until the keys are replaced: remove keys.json and restart. Encrypt it, and keep it as a secret.`
    : `.
Its keys are not in it, and without them it opens no session: keep keys.json, too, elsewhere.`;
}
