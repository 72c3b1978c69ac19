import { chownSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findLocalInstanceId, writeInstanceId } from '../config/instance-id.ts';
import { FolderLockedError, LOCK_FILE, lockFolder } from '../files/lock-folder.ts';
import { hasKeyFile, readKeyFile, writeKeyFile } from '../keys/key-file.ts';
import type { OpenedKey } from '../keys/sealed-key.ts';
import { tables } from '../store/rows/tables.ts';
import { DATABASE_FILE, isLostDatabase } from '../store/sqlite/database-file.ts';
import { keepPagesMovable } from '../store/sqlite/free-pages.ts';
import { migrate, SCHEMA_VERSION } from '../store/sqlite/migrations.ts';
import { hasUnfinishedCopy, SqliteCopy, SqliteRows } from '../store/sqlite/sqlite-rows.ts';
import type { CopySource, CopyTarget } from './sides.ts';
import { UnfitStore } from './unfit-store.ts';

/**
 * Opens the data folder of an instance to copy from it. It is locked, and its database only read.
 *
 * @param configuredId - the instance id of the configuration, in the place of that of the folder
 * @throws {UnfitStore} where a server uses it, or it has no store of this release
 */
export function openSqliteSource(folder: string, configuredId?: string): CopySource {
  const file = path.join(folder, DATABASE_FILE);
  if (isLostDatabase(file))
    throw new UnfitStore(`${folder} has no store: there is no ${DATABASE_FILE} in it`);
  const unlock = lock(folder);
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      refuseOtherSchema(database, folder);
      if (hasUnfinishedCopy(database)) {
        throw new UnfitStore(
          `${folder} is itself the target of a copy that is not finished: finish that one first`,
        );
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      ...partsOf(folder),
      rows: new SqliteRows(database),
      findInstanceId: async () => configuredId ?? (await findLocalInstanceId(folder)),
      // Nobody else can, as long as the folder is locked.
      refuseUse: async () => undefined,
      async [Symbol.asyncDispose]() {
        database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Opens a data folder to copy into it; it is made where there is none.
 *
 * @throws {UnfitStore} where it has something that is not of this copy, or a server uses it
 */
export function openSqliteTarget(folder: string): CopyTarget {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lock(folder);
  try {
    const file = path.join(folder, DATABASE_FILE);
    const isNew = isLostDatabase(file);
    if (isNew) refuseKeys(folder);
    closeSync(openSync(file, 'a', 0o600));
    const database = new DatabaseSync(file);
    const rows = new SqliteCopy(database);
    try {
      if (isNew) {
        keepPagesMovable(database);
        database.exec('PRAGMA journal_mode = WAL');
        migrate(database);
      }
      refuseOtherSchema(database, folder);
      database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
      if (!isNew && !hasUnfinishedCopy(database)) {
        refuseKeys(folder);
        refuseRows(rows, folder);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      ...partsOf(folder),
      rows,
      findInstanceId: () => findLocalInstanceId(folder),
      async begin({ source, instanceId, keys }) {
        rows.mark();
        const { uid, gid } = statSync(folder);
        writeKeyFile(folder, keys, { uid, gid });
        writeInstanceId(folder, instanceId, { uid, gid });
        rows.begin(source);
      },
      async [Symbol.asyncDispose]() {
        database.close();
        giveToOwner(folder, [file, path.join(folder, LOCK_FILE)]);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function lock(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error;
    throw new UnfitStore(`${folder} is in use: stop the server, or the command, that uses it`, {
      cause: error,
    });
  }
}

function partsOf(folder: string) {
  return {
    place: folder,
    async listKeys(): Promise<readonly OpenedKey[]> {
      const file = readKeyFile(folder);
      if (file === undefined) throw new UnfitStore(`${folder} has no keys.json: restore it from a backup`);
      return file.masters.map((master) => ({ ...master, currentFromMs: master.createdAtMs }));
    },
  };
}

/** @throws {UnfitStore} where the database has the schema of another release */
export function refuseOtherSchema(database: DatabaseSync, folder: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === SCHEMA_VERSION) return;
  throw new UnfitStore(
    `${folder} has a store of schema ${version}, and this Latchkey reads schema ${SCHEMA_VERSION}: ${version < SCHEMA_VERSION ? 'start this release with it once' : 'use the newer release'}`,
  );
}

function refuseKeys(folder: string): void {
  if (!hasKeyFile(folder)) return;
  throw new UnfitStore(
    `${folder} has a keys.json, so an instance uses it or has used it: name another folder, or move keys.json, instance-id and ${DATABASE_FILE} away`,
  );
}

function refuseRows(rows: SqliteCopy, folder: string): void {
  // A new store has a row of its own in `directory_state`.
  const used = tables.find(
    ({ name }) => name !== 'directory_state' && rows.rows(`SELECT 1 FROM "${name}" LIMIT 1`).length > 0,
  );
  if (used === undefined) return;
  throw new UnfitStore(
    `${folder} is not empty: its store has rows of ${used.name}. Name another folder, or move ${DATABASE_FILE} away`,
  );
}

/** What root makes in a folder is for the owner of the folder. */
function giveToOwner(folder: string, files: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  for (const file of files) chownSync(file, uid, gid);
}
