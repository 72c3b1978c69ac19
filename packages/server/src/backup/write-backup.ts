import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { explainFileError } from '../files/file-error.ts';
import { syncFolder } from '../files/write-file-atomically.ts';
import { readKeyFile } from '../keys/key-file.ts';
import { DATABASE_FILE, removeDatabase } from '../store/sqlite/database-file.ts';
import { BackupError } from './backup-error.ts';
import { checksOf, writeNote } from './backup-note.ts';

export interface BackupOptions {
  readonly dataDir: string;
  /** `ssoins-` + 16 hex digits. */
  readonly instanceId: string;
  /** Whether the backup holds the keys, too. */
  readonly withKeys: boolean;
  readonly nowMs: number;
  readonly onProgress: (pages: { readonly done: number; readonly total: number }) => void;
  /** Gives up; nothing is left of the backup. */
  readonly signal: AbortSignal;
}

/** Pages that are copied at once, 1 MB: between two stretches the caller sees the progress. */
const PAGES_AT_ONCE = 250;

/**
 * Copies the database, as it is at one instant, into a new file (mode 0600) that is there only once it is whole. A server may
 * be running, and is not held up.
 *
 * @throws {BackupError} when there is nothing to back up, or the file cannot be made or is there already
 */
export async function writeBackup(file: string, options: BackupOptions): Promise<void> {
  const { dataDir, instanceId, withKeys, nowMs, signal } = options;
  const database = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(database))
    throw new BackupError(`There is no database in ${dataDir}: there is nothing to back up`);
  const ring = readKeyFile(dataDir);
  if (ring === undefined) {
    throw new BackupError(
      `There is no keys.json in ${dataDir}: without its keys no session or token of the database works. Put it back first`,
    );
  }
  if (existsSync(file)) throw new BackupError(`${file} is there already: give the backup another name`);
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    closeSync(openSync(temporary, 'wx', 0o600));
    await copyDatabase(database, temporary, options);
    signal.throwIfAborted();
    const copy = new DatabaseSync(temporary);
    try {
      // The copy says, as the database does, that it has a write-ahead log; a backup is one file.
      copy.exec('PRAGMA journal_mode = DELETE');
      writeNote(copy, {
        instanceId,
        createdAt: new Date(nowMs).toISOString(),
        keyChecks: checksOf(ring.keys),
        keyFile: withKeys ? ring.text : undefined,
      });
    } finally {
      copy.close();
    }
    sync(temporary);
    publish(temporary, file);
  } catch (error) {
    if (error instanceof BackupError || signal.aborted) throw error;
    throw new BackupError(`${file} cannot be written: ${explainFileError(error)}`, { cause: error });
  } finally {
    removeDatabase(temporary);
  }
}

async function copyDatabase(from: string, to: string, { onProgress, signal }: BackupOptions): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    // The instant of the backup. Without a transaction the copy would begin anew whenever the server writes.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, {
      rate: PAGES_AT_ONCE,
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted();
        onProgress({ done: totalPages - remainingPages, total: totalPages });
      },
    });
  } finally {
    source.close();
  }
}

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Gives the file its name, unless another file has it. */
function publish(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) {
      throw new BackupError(`${file} is there already: give the backup another name`);
    }
    // This file system has no hard links.
    renameSync(temporary, file);
  }
  syncFolder(path.dirname(file));
}
