import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DirectoryReader } from '../port/directory.ts';
import { DATABASE_FILE } from './database-file.ts';
import { HANDED_OVER_TABLES } from './directory/schema.ts';
import { SqliteDirectory } from './directory/sqlite-directory.ts';
import { GroupCommit } from './group-commit.ts';

/** The directory in a database that another process may have open. */
export interface FolderDirectory extends Disposable {
  readonly reader: DirectoryReader;
}

/**
 * Opens the directory in the database of a data folder for reading only, whether a server runs or not.
 *
 * @returns `undefined` where there is no database, or one of release 0.1, which has no directory
 * @throws when it cannot be read
 */
export function readFolderDirectory(dataDir: string): FolderDirectory | undefined {
  const file = join(dataDir, DATABASE_FILE);
  return existsSync(file) ? readDatabaseDirectory(file) : undefined;
}

/**
 * Opens the directory in a database for reading only, whoever else has it open.
 *
 * @returns `undefined` where it is one of release 0.1, which has no directory
 * @throws when it cannot be read
 */
export function readDatabaseDirectory(file: string): FolderDirectory | undefined {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'directory_source'").get();
    if (known === undefined) {
      database.close();
      return undefined;
    }
    readEarlierSchema(database);
    const reader = new SqliteDirectory(database, new GroupCommit(database));
    return { reader, [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Lets a database that no server of this release has opened yet be read as if it had the columns that it lacks. */
function readEarlierSchema(database: DatabaseSync): void {
  for (const table of HANDED_OVER_TABLES) {
    const known = database
      .prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'handed_over_by'")
      .get(table);
    if (known !== undefined) continue;
    database.exec(`CREATE TEMP VIEW ${table} AS SELECT *, NULL AS handed_over_by FROM main.${table}`);
  }
}
