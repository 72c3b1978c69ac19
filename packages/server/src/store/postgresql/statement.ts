/** What PostgreSQL is given for a parameter. Bytes are sent as they are: also the 16 of a UUID, but see `uuidInArray`. */
export type Value = string | number | boolean | null | Uint8Array | readonly Value[];

/**
 * A row that was read, by the names that the statement gives its columns. `bigint` is a safe integer, `uuid` 16 bytes, `json`
 * and `jsonb` are text.
 */
export type Row = Readonly<Record<string, unknown>>;

/** A SQL statement that is prepared once a connection. */
export interface Statement {
  /** Unique in the program. */
  readonly name: string;
  readonly text: string;
  readonly kind: 'read' | 'write';
  /** What becomes of it when it isn't known whether it happened: the connection was lost before the answer came. */
  readonly afterLoss: 'repeat' | 'giveUp';
}

const known = new Map<string, Statement>();

/** A statement that changes nothing. */
export function readStatement(name: string, text: string): Statement {
  return remember({ name, text, kind: 'read', afterLoss: 'repeat' });
}

/**
 * A statement that changes something.
 *
 * @param afterLoss - `repeat` where it may happen twice without harm: the second time it changes nothing, or the same again
 */
export function writeStatement(name: string, text: string, afterLoss: Statement['afterLoss']): Statement {
  return remember({ name, text, kind: 'write', afterLoss });
}

function remember(statement: Statement): Statement {
  const other = known.get(statement.name);
  if (other !== undefined && other.text !== statement.text)
    throw new TypeError(`Two SQL statements have the name "${statement.name}": rename one`);
  known.set(statement.name, statement);
  return statement;
}

/** All statements that the modules loaded so far have, and those that transactions have run. */
export function knownStatements(): readonly Statement[] {
  return [...known.values()];
}

/** By text, as it was written. */
const ofWork = new Map<string, Statement>();

/**
 * The statement for a text of work (`sql/work.ts`). Its parameters are `?` or `?1`, and the text has no other question mark; work
 * that is PostgreSQL's alone may have `$1`, as the text of another statement has.
 */
export function workStatement(sql: string): Statement {
  const found = ofWork.get(sql);
  if (found !== undefined) return found;
  let last = 0;
  const text = sql.replaceAll(/\?(\d*)/g, (_, number: string) => {
    last = number === '' ? last + 1 : Number(number);
    return `$${last}`;
  });
  const statement = writeStatement(`work_${ofWork.size + 1}`, text, 'giveUp');
  ofWork.set(sql, statement);
  return statement;
}

/** A UUID as an element of a `uuid[]`: arrays are sent as text. */
export function uuidInArray(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
