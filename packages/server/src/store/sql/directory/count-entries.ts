import type { EntryKind } from '../../port/directory.ts';
import { get, type SqlValue, type Work } from '../work.ts';
import { entryTables } from './entries.ts';

/** Entries that are counted at a time, in a millisecond or two: a count of a million would make requests wait. */
const COUNTED = 5_000;

/** The columns of a key. */
export type CountedKey = readonly SqlValue[];

export interface Counted {
  readonly count: number;
  /** The key of the last one that was counted. Absent: there are no more. */
  readonly last?: CountedKey;
}

/** Counts some entries of a kind in the order of their keys: at most `most` after a key. */
export function* countAfter(kind: EntryKind, after: CountedKey | undefined, most = COUNTED): Work<Counted> {
  const { table, key } = entryTables[kind];
  const names = key.join(', ');
  const condition = after === undefined ? 'TRUE' : `(${names}) > (${key.map(() => '?').join(', ')})`;
  const values = after ?? [];
  const last = yield* get<Readonly<Record<string, SqlValue>>>(
    `SELECT ${names} FROM ${table} WHERE ${condition} ORDER BY ${names} LIMIT 1 OFFSET ${most - 1}`,
    ...values,
  );
  if (last !== undefined) return { count: most, last: key.map((name) => last[name] ?? null) };
  const rest = yield* get<{ readonly count: number }>(
    `SELECT count(*) AS count FROM ${table} WHERE ${condition}`,
    ...values,
  );
  return { count: rest?.count ?? 0 };
}
