import {
  chownSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeInstanceId } from '../config/instance-id.ts';
import { explainFileError } from '../files/file-error.ts';
import { LOCK_FILE, lockFolder } from '../files/lock-folder.ts';
import { syncFolder } from '../files/write-file-atomically.ts';
import { hasKeyFile, makeKeyFile, readKeyFile } from '../keys/key-file.ts';
import { DATABASE_FILE, isDatabaseFile, removeDatabase } from '../store/sqlite/database-file.ts';
import { endAllSessions } from '../store/sqlite/end-all-sessions.ts';
import { migrate } from '../store/sqlite/migrations.ts';
import { BackupError } from './backup-error.ts';
import { type BackupNote, checksOf, readNote, removeNote } from './backup-note.ts';

/** The file in the data folder that becomes the database. Its holder has the lock of the folder, so one name is enough. */
const STAGED_FILE = `.${DATABASE_FILE}.restoring`;

export interface RestoreOptions {
  readonly dataDir: string;
  /** The id of the instance of the data folder; absent where it has none yet, and takes that of the backup. */
  readonly instanceId: string | undefined;
  /** Whether the sessions of the backup go on, also those that were ended since then. */
  readonly keepSessions: boolean;
  readonly nowMs: number;
}

export interface Restored extends Pick<BackupNote, 'instanceId' | 'createdAt'> {
  /** Where the database is that was there before; `undefined` when there was none. */
  readonly keptAside: string | undefined;
  /** Whether the keys were taken from the backup, because there were none. */
  readonly tookKeys: boolean;
  /** How many sign-in sessions of browsers and sessions of clients were ended. */
  readonly sessionsEnded: number;
}

/**
 * Puts the database of a backup in place of the one in the data folder. What was there is kept aside; if anything fails,
 * all is as it was.
 *
 * @param source path of the backup, or a stream of its bytes
 * @throws {FolderLockedError} when a server uses the data folder
 * @throws {BackupError} when the file is no backup, is damaged, or belongs to a newer release or to another instance
 */
export async function restoreBackup(source: string | Readable, options: RestoreOptions): Promise<Restored> {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dataDir);
  const staged = path.join(dataDir, STAGED_FILE);
  try {
    // What another restore has left, which was killed.
    removeDatabase(staged);
    await copyInto(staged, source);
    const { note, sessionsEnded } = prepare(staged, options);
    return { ...exchange(staged, note, options), sessionsEnded };
  } finally {
    removeDatabase(staged);
    unlock();
  }
}

async function copyInto(staged: string, source: string | Readable): Promise<void> {
  try {
    const bytes = typeof source === 'string' ? createReadStream(source) : source;
    await pipeline(bytes, createWriteStream(staged, { flags: 'wx', mode: 0o600, flush: true }));
  } catch (error) {
    throw new BackupError(`it cannot be read: ${explainFileError(error)}`, { cause: error });
  }
  if (!isDatabaseFile(staged)) throw new BackupError('it is no backup of Latchkey');
}

/** Checks the staged file, and makes it the database that the next start opens. */
function prepare(staged: string, options: RestoreOptions): { note: BackupNote; sessionsEnded: number } {
  const database = new DatabaseSync(staged);
  try {
    const note = checkOwner(readNote(database), options);
    const [damage] = database.prepare('PRAGMA integrity_check(1)').all();
    if (damage?.['integrity_check'] !== 'ok') throw new BackupError('it is damaged');
    removeNote(database);
    migrate(database);
    const sessionsEnded = options.keepSessions ? 0 : endAllSessions(database, options.nowMs);
    return { note, sessionsEnded };
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(describeFailure(error), { cause: error });
  } finally {
    database.close();
  }
}

function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /malformed|not a database/.test(message) ? 'it is damaged' : message;
}

/** @throws {BackupError} when the backup is of another instance, or its keys are not here */
function checkOwner(note: BackupNote, { dataDir, instanceId }: RestoreOptions): BackupNote {
  if (instanceId !== undefined && instanceId !== note.instanceId) {
    throw new BackupError(`it is of the instance ${note.instanceId}, and this is ${instanceId}`);
  }
  const ring = readKeyFile(dataDir);
  if (ring === undefined && note.keyFile === undefined) {
    throw new BackupError(
      `its keys are neither in it nor in ${dataDir}: put the keys.json that belongs to it there first, because without its keys no session or token in it works`,
    );
  }
  const [newest = ''] = note.keyChecks;
  if (ring !== undefined && !checksOf(ring.keys).includes(newest)) {
    const where = path.join(dataDir, 'keys.json');
    const advice =
      note.keyFile === undefined
        ? 'put the keys.json that belongs to it there'
        : 'move that file away, and those of the backup are taken';
    throw new BackupError(`it belongs to other keys than those in ${where}: ${advice}`);
  }
  return note;
}

/** Puts the staged database in its place, with the keys and the id that are missing there. Undoes all of it when it fails. */
function exchange(
  staged: string,
  { keyFile, instanceId, createdAt }: BackupNote,
  options: RestoreOptions,
): Omit<Restored, 'sessionsEnded'> {
  const { dataDir, nowMs } = options;
  const database = path.join(dataDir, DATABASE_FILE);
  const tookKeys = keyFile !== undefined && !hasKeyFile(dataDir);
  const undo: (() => void)[] = [];
  try {
    // Root restores for the user that runs the server.
    const owner = statSync(dataDir);
    for (const file of [staged, path.join(dataDir, LOCK_FILE)]) give(file, owner);
    if (tookKeys) undo.push(makeKeyFile(dataDir, keyFile, owner));
    if (options.instanceId === undefined) undo.push(writeInstanceId(dataDir, instanceId, owner));
    const keptAside = existsSync(database) ? keepAside(database, nowMs, undo) : undefined;
    renameSync(staged, database);
    syncFolder(dataDir);
    return { instanceId, createdAt, tookKeys, keptAside };
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw new BackupError(`it cannot be put into ${dataDir}: ${explainFileError(error)}`, { cause: error });
  }
}

/** Gives the database another name besides its own, which the new one takes over. @returns the other name */
function keepAside(database: string, nowMs: number, undo: (() => void)[]): string {
  emptyLog(database);
  const aside = `${database}.before-restore-${new Date(nowMs).toISOString().replace(/[:-]|\.\d+/g, '')}`;
  for (const end of ['-wal', '-shm']) {
    if (!existsSync(database + end)) continue;
    renameSync(database + end, aside + end);
    undo.push(() => renameSync(aside + end, database + end));
  }
  try {
    linkSync(database, aside);
    undo.push(() => rmSync(aside));
  } catch {
    // This file system has no hard links.
    renameSync(database, aside);
    undo.push(() => renameSync(aside, database));
  }
  return aside;
}

function give(file: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}

/** Copies the log of a database into it, so that it is one file. A damaged database keeps its log. */
function emptyLog(file: string): void {
  try {
    using database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // It is kept as it is.
  }
}
