import { isDeepStrictEqual } from 'node:util';
import { type HashState, RollingHash } from '../store/rows/rolling-hash.ts';
import { encodeRow, type Row, type Value } from '../store/rows/row.ts';
import { type RowReader, readRows } from '../store/rows/row-reader.ts';
import { keyOf, renderKey, type Table } from '../store/rows/tables.ts';

/** What a table has on both sides. */
export interface TableComparison {
  readonly source: HashState;
  readonly target: HashState;
  /** The first row, in the order of the keys, that is not the same on both sides. */
  readonly difference?: { readonly key: string; readonly on: 'source' | 'target' | 'both' };
}

/** Reads a table on both sides, row by row. */
export async function compareTables(
  table: Table,
  sides: { readonly source: RowReader; readonly target: RowReader },
  onRow: () => void,
): Promise<TableComparison> {
  const hashes = { source: new RollingHash(), target: new RollingHash() };
  const source = readRows(sides.source, table);
  const target = readRows(sides.target, table);
  let difference: TableComparison['difference'];
  for (;;) {
    const [from, to] = [await source.next(), await target.next()];
    const [row, copied] = [from.done ? undefined : from.value, to.done ? undefined : to.value];
    if (row === undefined && copied === undefined) break;
    onRow();
    const [encoded, other] = [row && encodeRow(row), copied && encodeRow(copied)];
    if (encoded !== undefined) hashes.source.add(encoded);
    if (other !== undefined) hashes.target.add(other);
    const isSame = encoded !== undefined && other !== undefined && encoded.equals(other);
    if (!isSame) difference ??= differenceOf(table, row, copied);
  }
  return {
    source: hashes.source.state,
    target: hashes.target.state,
    ...(difference && { difference }),
  };
}

function differenceOf(
  table: Table,
  row: Row | undefined,
  copied: Row | undefined,
): TableComparison['difference'] {
  if (row === undefined) return copied && { key: renderKey(table, copied), on: 'target' };
  if (copied === undefined) return { key: renderKey(table, row), on: 'source' };
  const [key, copiedKey] = [keyOf(table, row), keyOf(table, copied)];
  if (isDeepStrictEqual(key, copiedKey)) return { key: renderKey(table, row), on: 'both' };
  const isFirst = key.map((value, index) => compare(value, copiedKey[index] ?? null)).find(Boolean) === -1;
  return isFirst
    ? { key: renderKey(table, row), on: 'source' }
    : { key: renderKey(table, copied), on: 'target' };
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : Number(a > b);
  return Buffer.compare(bytesOf(a), bytesOf(b));
}

function bytesOf(value: Value): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}
