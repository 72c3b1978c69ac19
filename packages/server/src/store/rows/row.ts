import { uuidBytes, uuidText } from '../sql/directory/uuid-bytes.ts';

/** What a column has. Instants are milliseconds since the Unix epoch. */
export type ColumnType = 'integer' | 'text' | 'bytes' | 'uuid';

export interface Column {
  readonly name: string;
  /** `uuid` is a column of that type in PostgreSQL, and 16 bytes in SQLite. */
  readonly type: ColumnType;
  readonly isNullable: boolean;
}

/** A value of a row, the same from every engine: integers as `bigint`, whatever their size; a UUID as its 16 bytes. */
export type Value = bigint | string | Uint8Array | null;

/** A row: its values in the order of the columns of its table (`tables.ts`). */
export type Row = readonly Value[];

/** How many rows are read at a time. */
export const RANGE_ROWS = 1_000;

/** Renders a value for people: a UUID in its usual form, other bytes in hex. `parseValue` reads it again. */
export function renderValue({ type }: Column, value: Value): string {
  if (!(value instanceof Uint8Array)) return String(value);
  if (type === 'uuid' && value.length === 16) return uuidText(value);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
}

/** Parses a value that is not null, as `renderValue` has written it. */
export function parseValue({ type }: Column, text: string): Value {
  switch (type) {
    case 'integer':
      return BigInt(text);
    case 'text':
      return text;
    case 'bytes':
      return Buffer.from(text, 'hex');
    case 'uuid':
      return uuidBytes(text) ?? Buffer.from(text, 'hex');
  }
}

const NUMBERS = { null: 0, integer: 1, text: 2, bytes: 3 } as const;

/**
 * The canonical form of a row, which is the same for the same row from every engine, and for no other. Of each value in turn: a
 * byte that says its type (0 null, 1 integer, 2 text, 3 bytes, a UUID too), the length of what follows (4 bytes, big-endian), and
 * that: an integer in decimal, text in UTF-8.
 */
export function encodeRow(row: Row): Buffer {
  return Buffer.concat(row.flatMap(encodeValue));
}

function encodeValue(value: Value): readonly Uint8Array[] {
  if (value === null) return [headOf('null', 0)];
  if (value instanceof Uint8Array) return [headOf('bytes', value.length), value];
  const text = Buffer.from(String(value));
  return [headOf(typeof value === 'bigint' ? 'integer' : 'text', text.length), text];
}

function headOf(type: keyof typeof NUMBERS, length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(NUMBERS[type]);
  head.writeUInt32BE(length, 1);
  return head;
}
