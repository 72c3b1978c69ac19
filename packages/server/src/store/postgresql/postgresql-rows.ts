import { addressKey } from '../../limits/address-block.ts';
import { firstNote, parseNote, renderProgress } from '../rows/copy-note.ts';
import { type Column, RANGE_ROWS, type Row, type Value } from '../rows/row.ts';
import {
  type CopyNote,
  type RowReader,
  RowRefused,
  type RowWriter,
  type TableProgress,
} from '../rows/row-reader.ts';
import { columnValue, HOLDER, type Table, tables } from '../rows/tables.ts';
import { COPY_TABLE, CREATE_COPY_TABLE } from '../unfinished-copy.ts';
import { failureKindOf, StatementFailure } from './failure.ts';
import type { Answer, Link } from './link.ts';
import { type Value as Parameter, readStatement, uuidInArray, writeStatement } from './statement.ts';

const TYPES = { integer: 'bigint', text: 'text', bytes: 'bytea', uuid: 'uuid' } as const;
const UNDEFINED_TABLE = '42P01';

/** The rows of a store in PostgreSQL, read exactly, by one connection. */
export class PostgresqlRows implements RowReader {
  protected readonly link: Link;

  constructor(link: Link) {
    this.link = link;
  }

  async count({ name }: Table): Promise<number> {
    const statement = readStatement(`count_rows_${name}`, `SELECT count(*) AS count FROM "${name}"`);
    const { rows } = await this.link.run(statement, []);
    return rows[0]!['count'] as number;
  }

  async readRange(table: Table, after: readonly Value[] | undefined): Promise<readonly Row[]> {
    const marks = table.key.map(({ type }, index) => `$${index + 1}::${TYPES[type]}`).join(', ');
    const text = selectFrom(table, after && `(${keyColumns(table)}) > (${marks})`);
    const statement = readStatement(`read_rows_${table.name}${after === undefined ? '' : '_after'}`, text);
    const { rows } = await this.link.run(statement, (after ?? []).map(toParameter));
    return rows.map((row) => rowOf(table, row));
  }

  async findRows(table: Table, condition: string): Promise<readonly Row[]> {
    const { rows } = await this.link.command(selectFrom(table, condition));
    return rows.map((row) => rowOf(table, row));
  }
}

function selectFrom(table: Table, condition = 'TRUE'): string {
  return `SELECT ${table.columns.map(readColumn).join(', ')} FROM "${table.name}" t WHERE ${condition}
    ORDER BY ${keyColumns(table)} LIMIT ${RANGE_ROWS}`;
}

function keyColumns({ key }: Table): string {
  return key.map(({ name }) => `t.${name}`).join(', ');
}

function rowOf({ columns }: Table, answer: Readonly<Record<string, unknown>>): Row {
  return columns.map((column) => fromAnswer(column, answer[column.name]));
}

/** A store in PostgreSQL that a copy is written into. */
export class PostgresqlCopy extends PostgresqlRows implements RowWriter {
  /** Marks the store as one that is copied into: no server starts with it from now on. */
  async mark(): Promise<void> {
    await this.link.command(CREATE_COPY_TABLE);
  }

  /**
   * Begins a copy into a store without rows.
   *
   * @param also - what else is written in the transaction
   */
  async begin(source: string, also: (link: Link) => Promise<void>): Promise<void> {
    await this.#atOnce(async () => {
      // A new store has a row of its own there.
      await this.link.command('DELETE FROM directory_state');
      await also(this.link);
      for (const row of firstNote(source, tables)) await this.link.run(insertNote, row);
    });
  }

  async findNote(): Promise<CopyNote | undefined> {
    if (!(await hasUnfinishedCopy(this.link))) return undefined;
    const { rows } = await this.link.run(listNotes, []);
    return parseNote(rows as unknown as readonly { name: string; value: string }[]);
  }

  async append(
    table: Table,
    rows: readonly Row[],
    { before, after }: { readonly before: TableProgress; readonly after: TableProgress },
  ): Promise<void> {
    await this.#atOnce(async () => {
      await this.#insert(table, rows);
      const values = [renderProgress(after), table.name, renderProgress(before)];
      const { changes } = await this.link.run(updateNote, values);
      if (changes === 0) throw new Error('another process copies into the store, too');
    });
  }

  async #insert(table: Table, rows: readonly Row[]): Promise<void> {
    try {
      await this.link.run(insertStatement(table), parametersOf(table, rows));
    } catch (error) {
      const isRefused = error instanceof StatementFailure && failureKindOf(error).name === 'refused';
      throw isRefused ? new RowRefused(error.message, { cause: error }) : error;
    }
  }

  async finish(): Promise<void> {
    await this.link.command(`DROP TABLE ${COPY_TABLE}`);
  }

  async #atOnce(change: () => Promise<void>): Promise<void> {
    await this.link.command('BEGIN ISOLATION LEVEL READ COMMITTED');
    try {
      await change();
      await this.link.command('COMMIT');
    } catch (error) {
      if (this.link.isOpen) await this.link.command('ROLLBACK').catch(() => this.link.destroy());
      throw error;
    }
  }
}

/**
 * Finds requests of devices whose holder is not that of their address, so that limits count them for another one.
 *
 * @returns the ids of their authorizations
 */
export async function findOtherHolders(link: Link): Promise<readonly number[]> {
  const found: number[] = [];
  for (let after = 0; ; ) {
    const { rows } = await link.run(readHolders, [after]);
    for (const { id, address, holder } of rows) {
      const isSame = holderOf(address as Value)?.equals(holder as Buffer) ?? holder === null;
      if (!isSame) found.push(id as number);
    }
    if (rows.length < RANGE_ROWS) return found;
    after = rows.at(-1)!['id'] as number;
  }
}

const readHolders = readStatement(
  'read_holders',
  `SELECT id, ${HOLDER.from}, ${HOLDER.column} FROM "${HOLDER.table}"
   WHERE id > $1 AND (${HOLDER.from} IS NOT NULL OR ${HOLDER.column} IS NOT NULL) ORDER BY id LIMIT ${RANGE_ROWS}`,
);

/** Whether a copy into the database was begun and is not finished. @throws {StatementFailure} */
export async function hasUnfinishedCopy(link: Pick<Link, 'command'>): Promise<boolean> {
  return (await unlessMissing(link.command(`SELECT 1 FROM ${COPY_TABLE} LIMIT 1`))) !== undefined;
}

/** @returns absent: the table is not there */
export async function unlessMissing(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StatementFailure && error.sqlState === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}

const listNotes = readStatement('list_copy_notes', `SELECT name, value FROM ${COPY_TABLE}`);
const insertNote = writeStatement(
  'insert_copy_note',
  `INSERT INTO ${COPY_TABLE} (name, value) VALUES ($1, $2)`,
  'giveUp',
);
const updateNote = writeStatement(
  'update_copy_note',
  `UPDATE ${COPY_TABLE} SET value = $1 WHERE name = $2 AND value = $3`,
  'giveUp',
);

function insertStatement(table: Table) {
  const columns = [...table.columns, ...derivedOf(table)];
  const names = columns.map(({ name }) => name).join(', ');
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${TYPES[type]}[]`).join(', ');
  return writeStatement(
    `insert_rows_${table.name}`,
    `INSERT INTO "${table.name}" (${names}) SELECT ${names} FROM unnest(${arrays}) AS t (${names})`,
    'giveUp',
  );
}

/** An array of each column. */
function parametersOf(table: Table, rows: readonly Row[]): readonly Parameter[] {
  const derived = derivedOf(table).map(() =>
    rows.map((row) => holderOf(columnValue(table, row, HOLDER.from))),
  );
  return [
    ...table.columns.map(({ type }, index) => rows.map((row) => toElement(type, row[index] ?? null))),
    ...derived,
  ];
}

function derivedOf({ name }: Table): readonly Pick<Column, 'name' | 'type'>[] {
  return name === HOLDER.table ? [{ name: HOLDER.column, type: 'bytes' }] : [];
}

/** The holder of a request by the address that it came from. */
function holderOf(address: Value): Buffer | null {
  return typeof address === 'string' ? Buffer.from(addressKey(address)) : null;
}

/** A column, for `fromAnswer`: a `bigint` as text, as one that is no safe integer could not be read. */
function readColumn({ name, type }: Column): string {
  return type === 'integer' ? `t.${name}::text AS ${name}` : `t.${name}`;
}

function fromAnswer({ type }: Column, value: unknown): Value {
  return type === 'integer' && value !== null ? BigInt(value as string) : (value as Value);
}

function toParameter(value: Value): Parameter {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return typeof value === 'bigint' ? String(value) : value;
}

function toElement(type: Column['type'], value: Value): Parameter {
  return type === 'uuid' && value instanceof Uint8Array ? uuidInArray(value) : toParameter(value);
}
