import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import type { Keys } from '../keys/keys.ts';
import { BackupError } from './backup-error.ts';

/** What a backup says of itself, in a table of its own beside those of the database. */
export interface BackupNote {
  /** `ssoins-` + 16 hex digits. */
  readonly instanceId: string;
  /** When the backup began, in ISO 8601. */
  readonly createdAt: string;
  /** One for each key that the instance had, newest first; no key follows from it. */
  readonly keyChecks: readonly string[];
  /** The text of the key file, where it was asked for. */
  readonly keyFile?: string | undefined;
}

const TABLE = 'latchkey_backup';
/** Rises when what a backup holds changes so that older releases could not restore it. */
const FORMAT = 1;

const noteSchema = v.object({
  instanceId: v.string(),
  createdAt: v.string(),
  keyChecks: v.pipe(v.array(v.string()), v.minLength(1)),
  keyFile: v.optional(v.string()),
});

/** A value by which a key is recognised, one for each key, newest first. */
export function checksOf(keys: Keys): readonly string[] {
  return keys.ids.flatMap((id) => keys.macUnder(id, 'backup')?.toString('hex', 0, 16) ?? []);
}

export function writeNote(database: DatabaseSync, note: BackupNote): void {
  database.exec(`CREATE TABLE ${TABLE} (format INTEGER NOT NULL, note TEXT NOT NULL) STRICT`);
  database.prepare(`INSERT INTO ${TABLE} VALUES (?, ?)`).run(FORMAT, JSON.stringify(note));
}

/** @throws {BackupError} when the database is no backup, or one of a newer release */
export function readNote(database: DatabaseSync): BackupNote {
  const hasNote = database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(TABLE) !== undefined;
  const row = hasNote ? database.prepare(`SELECT format, note FROM ${TABLE}`).get() : undefined;
  if (row === undefined) throw new BackupError('it is a database, but was not made by `latchkey backup`');
  if (Number(row['format']) > FORMAT)
    throw new BackupError('it was made by a newer Latchkey: install that one');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), noteSchema), row['note']);
  if (!parsed.success) throw new BackupError('what it says of itself cannot be read');
  return parsed.output;
}

/** Removes the note so that no byte of it, and of the keys in it, stays in the file. */
export function removeNote(database: DatabaseSync): void {
  database.exec(`PRAGMA secure_delete = ON; DROP TABLE ${TABLE}`);
}
