import { RANGE_ROWS, type Row, type Value } from './row.ts';
import { keyOf, type Table } from './tables.ts';

/** A store as its plain rows, whatever the engine. */
export interface RowReader {
  /** How many rows a table has. */
  count(table: Table): Promise<number>;
  /** The next rows of a table in the order of their keys; at its end fewer than `RANGE_ROWS`. */
  readRange(table: Table, after: readonly Value[] | undefined): Promise<readonly Row[]>;
  /**
   * Finds rows, in the order of their keys: at most `RANGE_ROWS`.
   *
   * @param condition - SQL that every engine takes; `t` is the table
   */
  findRows(table: Table, condition: string): Promise<readonly Row[]>;
}

/** How far a copy is: of each table the rows that are there, their hash, and the key of the last one. */
export interface CopyNote {
  /** Names the instance and the place that are copied. */
  readonly source: string;
  readonly tables: Readonly<Record<string, TableProgress>>;
}

export interface TableProgress {
  readonly rows: number;
  readonly sha256: string;
  /** The values of the last key, rendered; absent before the first range. */
  readonly lastKey?: readonly string[];
}

/** A store that a copy is written into. Until `finish` no server starts with it. */
export interface RowWriter extends RowReader {
  /** @returns absent: no copy has begun */
  findNote(): Promise<CopyNote | undefined>;
  /**
   * Adds rows and says in the same transaction how far the table is.
   *
   * @throws {RowRefused} where the store does not take one of the rows; none is added then
   * @throws {Error} where the progress is not that of before: another process copies, too
   */
  append(
    table: Table,
    rows: readonly Row[],
    progress: { readonly before: TableProgress; readonly after: TableProgress },
  ): Promise<void>;
  /** Lets servers start. */
  finish(): Promise<void>;
}

/** A row is not as the store wants its rows. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused';
}

/** Visits all rows of a table in the order of their keys. */
export async function* readRows(reader: RowReader, table: Table): AsyncGenerator<Row> {
  let after: readonly Value[] | undefined;
  for (;;) {
    const rows = await reader.readRange(table, after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < RANGE_ROWS) return;
    after = keyOf(table, last);
  }
}
