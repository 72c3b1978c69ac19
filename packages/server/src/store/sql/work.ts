/** What a statement is given, or finds. UUIDs are 16 bytes. */
export type SqlValue = string | number | Uint8Array | null;

/** One statement of SQL. A parameter is `?`, or `?1` and on where one is used twice. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** Whether its rows are wanted, or how many rows it changed. */
  readonly wants: 'rows' | 'changes';
}

/**
 * Work on a database, written once for every engine: it yields one statement after another, and is given the rows of each,
 * or the number of rows that it changed. SQLite runs it in one go; PostgreSQL waits for each answer in a transaction.
 *
 * @example
 * function* rename(id: string, name: string): Work<boolean> {
 *   const account = yield* get('SELECT 1 FROM account WHERE id = ?', id);
 *   if (account === undefined) return false;
 *   return (yield* run('UPDATE account SET name = ? WHERE id = ?', name, id)) === 1;
 * }
 */
export type Work<T> = Generator<Statement, T, unknown>;

export function* all<Row>(sql: string, ...values: readonly SqlValue[]): Work<readonly Row[]> {
  return (yield { sql, values, wants: 'rows' }) as readonly Row[];
}

/** The first row, if there is one. */
export function* get<Row>(sql: string, ...values: readonly SqlValue[]): Work<Row | undefined> {
  const [row] = yield* all<Row>(sql, ...values);
  return row;
}

/** @returns how many rows changed; those that a cascade removed do not count */
export function* run(sql: string, ...values: readonly SqlValue[]): Work<number> {
  return (yield { sql, values, wants: 'changes' }) as number;
}
