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

/**
 * The canonical form of a row, which is the same for the same row from every engine, and for no other. Of each value in turn: a
 * byte that says its type (0 null, 1 integer, 2 text, 3 bytes, a UUID too), the length of what follows (4 bytes, big-endian), and
 * that: an integer in decimal, text in UTF-8.
 */
export function encodeRow(row: Row): Buffer {
  const parts = row.map((value) => (typeof value === 'bigint' ? String(value) : value));
  const lengths = parts.map((part) =>
    typeof part === 'string' ? Buffer.byteLength(part) : (part?.length ?? 0),
  );
  const encoded = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + HEAD_BYTES + length, 0));
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const length = lengths[index] ?? 0;
    encoded.writeUInt8(typeNumber(row[index] ?? null), at);
    encoded.writeUInt32BE(length, at + 1);
    at += HEAD_BYTES;
    if (typeof part === 'string') encoded.write(part, at);
    else if (part !== null) encoded.set(part, at);
    at += length;
  }
  return encoded;
}

const HEAD_BYTES = 5;

function typeNumber(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'bigint') return 1;
  return typeof value === 'string' ? 2 : 3;
}
