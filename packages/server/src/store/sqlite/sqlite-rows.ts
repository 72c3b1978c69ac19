import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { firstNote, parseNote, renderProgress } from '../rows/copy-note.ts';
import { RANGE_ROWS, type Row, type Value } from '../rows/row.ts';
import {
  type CopyNote,
  type RowReader,
  RowRefused,
  type RowWriter,
  type TableProgress,
} from '../rows/row-reader.ts';
import { columnValue, REQUEST, type Table, tables } from '../rows/tables.ts';
import { COPY_TABLE, CREATE_COPY_TABLE } from '../unfinished-copy.ts';

/** SQLITE_CONSTRAINT and SQLITE_MISMATCH; the bits above tell which one (https://www.sqlite.org/rescode.html). */
const REFUSALS = [19, 20];
const PRIMARY_CODE = 0xff;

/** The rows of a store in SQLite, read exactly. */
export class SqliteRows implements RowReader {
  protected readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  async count({ name }: Table): Promise<number> {
    const [row] = this.rows(`SELECT count(*) FROM "${name}"`);
    return Number(row?.[0]);
  }

  async readRange(table: Table, after: readonly Value[] | undefined): Promise<readonly Row[]> {
    const marks = table.key.map(() => '?').join(', ');
    return this.#select(table, after && `(${keyColumns(table)}) > (${marks})`, after);
  }

  async findRows(table: Table, condition: string): Promise<readonly Row[]> {
    return this.#select(table, condition);
  }

  #select(table: Table, condition = 'TRUE', values: readonly Value[] = []): readonly Row[] {
    return this.rows(
      `SELECT ${table.columns.map(({ name }) => columnOf(table, name)).join(', ')}
       FROM "${table.name}" t ${hasRequest(table) ? `LEFT JOIN ${REQUEST.table} d ON d.${REQUEST.of} = t.id` : ''}
       WHERE ${condition} ORDER BY ${keyColumns(table)} LIMIT ${RANGE_ROWS}`,
      values,
    );
  }

  /** Runs a statement. @returns what it reads */
  rows(sql: string, values: readonly Value[] = []): readonly Row[] {
    return this.#prepare(sql).all(...(values as SQLInputValue[])) as unknown as readonly Row[];
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      statement.setReturnArrays(true);
      statement.setReadBigInts(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** A store in SQLite that a copy is written into. */
export class SqliteCopy extends SqliteRows implements RowWriter {
  /** Marks the store as one that is copied into: no server starts with it from now on. */
  mark(): void {
    this.database.exec(CREATE_COPY_TABLE);
  }

  /** Begins a copy into a store without rows. */
  begin(source: string): void {
    this.#atOnce(() => {
      // A new store has a row of its own there.
      this.rows('DELETE FROM directory_state');
      for (const row of firstNote(source, tables)) {
        this.rows(`INSERT INTO ${COPY_TABLE} (name, value) VALUES (?, ?)`, row);
      }
    });
  }

  async findNote(): Promise<CopyNote | undefined> {
    if (!hasUnfinishedCopy(this.database)) return undefined;
    const rows = this.rows(`SELECT name, value FROM ${COPY_TABLE}`);
    return parseNote(rows.map(([name, value]) => ({ name: String(name), value: String(value) })));
  }

  async append(
    table: Table,
    rows: readonly Row[],
    { before, after }: { readonly before: TableProgress; readonly after: TableProgress },
  ): Promise<void> {
    this.#atOnce(() => {
      for (const row of rows) this.#insert(table, row);
      const values = [renderProgress(after), table.name, renderProgress(before)];
      const changed = this.rows(
        `UPDATE ${COPY_TABLE} SET value = ? WHERE name = ? AND value = ? RETURNING 1`,
        values,
      );
      if (changed.length === 0) throw new Error('another process copies into the store, too');
    });
  }

  async finish(): Promise<void> {
    this.database.exec(`DROP TABLE ${COPY_TABLE}; PRAGMA wal_checkpoint(TRUNCATE)`);
  }

  #insert(table: Table, row: Row): void {
    const own = table.columns.filter(({ name }) => !(hasRequest(table) && isOfRequest(name)));
    this.#insertInto(
      table.name,
      own.map(({ name }) => [name, columnValue(table, row, name)] as const),
    );
    if (!hasRequest(table) || columnValue(table, row, REQUEST.columns[0]) === null) return;
    this.#insertInto(REQUEST.table, [
      [REQUEST.of, columnValue(table, row, 'id')],
      ...REQUEST.columns.map((name) => [name, columnValue(table, row, name)] as const),
    ]);
  }

  #insertInto(table: string, values: readonly (readonly [string, Value])[]): void {
    const names = values.map(([name]) => name);
    try {
      this.rows(
        `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        values.map(([, value]) => value),
      );
    } catch (error) {
      const { errcode, message } = error as Error & { readonly errcode?: number };
      const isRefused = errcode !== undefined && REFUSALS.includes(errcode & PRIMARY_CODE);
      throw isRefused ? new RowRefused(message, { cause: error }) : error;
    }
  }

  #atOnce(change: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      change();
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Whether a copy into the database was begun and is not finished. */
export function hasUnfinishedCopy(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(COPY_TABLE) !== undefined;
}

function keyColumns({ key }: Table): string {
  return key.map(({ name }) => `t.${name}`).join(', ');
}

function hasRequest({ name }: Table): boolean {
  return name === 'authorization';
}

function isOfRequest(column: string): boolean {
  return (REQUEST.columns as readonly string[]).includes(column);
}

function columnOf(table: Table, column: string): string {
  return `${hasRequest(table) && isOfRequest(column) ? 'd' : 't'}.${column}`;
}
