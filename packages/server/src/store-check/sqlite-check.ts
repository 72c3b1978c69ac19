import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findLocalInstanceId } from '../config/instance-id.ts';
import { readKeyFile } from '../keys/key-file.ts';
import { DATABASE_FILE, isLostDatabase } from '../store/sqlite/database-file.ts';
import { hasUnfinishedCopy, SqliteRows } from '../store/sqlite/sqlite-rows.ts';
import { refuseOtherSchema } from '../store-copy/sqlite-sides.ts';
import { UnfitStore } from '../store-copy/unfit-store.ts';
import type { CheckedStore } from './check-store.ts';
import { type Finding, UNFINISHED } from './finding.ts';

/**
 * Opens the data folder of an instance to check it, whether a server runs with it or not.
 *
 * @param configuredId - the instance id of the configuration, in the place of that of the folder
 * @throws {UnfitStore} where it has no store of this release
 */
export function openSqliteCheck(folder: string, configuredId?: string): CheckedStore & AsyncDisposable {
  const file = path.join(folder, DATABASE_FILE);
  if (isLostDatabase(file))
    throw new UnfitStore(`${folder} has no store: there is no ${DATABASE_FILE} in it`);
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    refuseOtherSchema(database, folder);
  } catch (error) {
    database.close();
    if (error instanceof UnfitStore) throw error;
    throw new UnfitStore(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const rows = new SqliteRows(database);
  return {
    rows,
    findEngineFaults: async () => findFaults(database, rows),
    findInstanceId: async () => configuredId ?? (await findLocalInstanceId(folder)),
    async countKeys() {
      return readKeyFile(folder)?.masters.length ?? 0;
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

function findFaults(database: DatabaseSync, rows: SqliteRows): readonly Finding[] {
  const where = DATABASE_FILE;
  try {
    const said = rows.rows('PRAGMA integrity_check').map(([message]) => String(message));
    // The other references are checked by the rows that have them.
    const requests = rows.rows(
      `SELECT d.authorization_id FROM device_request d
       WHERE NOT EXISTS (SELECT 1 FROM authorization t WHERE t.id = d.authorization_id)`,
    );
    return [
      ...(hasUnfinishedCopy(database) ? [UNFINISHED] : []),
      ...said.filter((message) => message !== 'ok').map((message) => ({ where, message })),
      ...requests.map(([id]) => ({
        where: 'device_request',
        key: `authorization_id ${id}`,
        message: 'there is no such authorization',
      })),
    ];
  } catch (error) {
    return [{ where, message: (error as Error).message }];
  }
}
