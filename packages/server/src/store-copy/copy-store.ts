import { isDeepStrictEqual } from 'node:util';
import type { OpenedKey } from '../keys/sealed-key.ts';
import { RollingHash } from '../store/rows/rolling-hash.ts';
import { encodeRow, parseValue, RANGE_ROWS, type Row, renderValue, type Value } from '../store/rows/row.ts';
import { RowRefused, type TableProgress } from '../store/rows/row-reader.ts';
import { keyOf, renderKey, type Table, tables } from '../store/rows/tables.ts';
import { compareTables } from './compare-tables.ts';
import type { CopySource, CopyTarget } from './sides.ts';
import { UnfitStore } from './unfit-store.ts';

export interface CopyOptions {
  /** Stops the copy between two ranges; it can be gone on with. */
  readonly signal?: AbortSignal;
  /** @param total - of the rows: each is copied, and compared after that */
  readonly onProgress?: (progress: {
    readonly step: 'copied' | 'compared';
    readonly done: number;
    readonly total: number;
  }) => void;
}

export interface CopyReport {
  readonly instanceId: string;
  /** How many keys went along. */
  readonly keys: number;
  /** What each table has now, on both sides. */
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[];
}

/**
 * Copies a store with its keys and the id of its instance, by ranges of 1,000 rows in the order of their keys. What is copied so far
 * is written down in the transaction of the rows: a copy that was cut off, at whatever place, is gone on with by the next call.
 * Then it reads both sides, compares each row, and lets servers start with the target.
 *
 * @throws {UnfitStore} where the source is in use or changes meanwhile, or the target is in the midst of another copy
 */
export async function copyStore(
  source: CopySource,
  target: CopyTarget,
  { signal, onProgress = () => undefined }: CopyOptions = {},
): Promise<CopyReport> {
  const instanceId = await source.findInstanceId();
  if (instanceId === undefined) {
    throw new UnfitStore(
      `${source.place} has no instance id: restore the file instance-id of the data folder, or set instance.id in the configuration`,
    );
  }
  const keys = await source.listKeys();
  const name = `${instanceId} at ${source.place}`;
  let note = await target.rows.findNote();
  if (note === undefined) {
    await target.begin({ source: name, instanceId, keys });
    note = await target.rows.findNote();
  }
  if (note?.source !== name) {
    throw new UnfitStore(
      `${target.place} has the beginning of another copy, of ${note?.source}, and this one is of ${name}: go on with that one, or empty the target`,
    );
  }

  let total = 0;
  for (const table of tables) total += await source.rows.count(table);
  let done = Object.values(note.tables).reduce((sum, { rows }) => sum + rows, 0);
  const copied = new Map<Table, TableProgress>();
  for (const table of tables) {
    const progress = note.tables[table.name] ?? new RollingHash().state;
    const end = await copyTable(table, { source, target, progress }, (rows) => {
      done += rows;
      onProgress({ step: 'copied', done, total });
      signal?.throwIfAborted();
    });
    copied.set(table, end);
  }

  done = 0;
  const report = [];
  for (const table of tables) {
    const comparison = await compareTables(table, { source: source.rows, target: target.rows }, () => {
      done += 1;
      if (done % RANGE_ROWS === 0) onProgress({ step: 'compared', done, total });
      signal?.throwIfAborted();
    });
    const { sha256 } = copied.get(table) ?? {};
    if (comparison.source.sha256 !== sha256) throw changedMeanwhile(table, source, comparison.difference);
    if (comparison.target.sha256 !== sha256) throw notKept(table, target, comparison.difference);
    report.push({ name: table.name, ...comparison.source });
  }
  await source.refuseUse();
  if (!haveSameKeys(keys, await source.listKeys())) throw changedMeanwhile('keys', source);
  if (!haveSameKeys(keys, await target.listKeys())) throw notKept('keys', target);
  await target.rows.finish();
  return { instanceId, keys: keys.length, tables: report };
}

/** @returns how far the table is at its end */
async function copyTable(
  table: Table,
  sides: {
    readonly source: CopySource;
    readonly target: CopyTarget;
    readonly progress: TableProgress;
  },
  onRange: (rows: number) => void,
): Promise<TableProgress> {
  const { source, target } = sides;
  let { progress } = sides;
  let after: readonly Value[] | undefined = progress.lastKey?.map((text, index) =>
    parseValue(table.key[index]!, text),
  );
  for (;;) {
    const rows = await source.rows.readRange(table, after);
    const last = rows.at(-1);
    if (last === undefined) return progress;
    progress = await append(target, table, rows, progress);
    after = keyOf(table, last);
    onRange(rows.length);
    if (rows.length < RANGE_ROWS) return progress;
  }
}

/** Adds a range at once; where that is refused, row by row up to the one that is refused, which the error names. */
async function append(
  target: CopyTarget,
  table: Table,
  rows: readonly Row[],
  before: TableProgress,
): Promise<TableProgress> {
  const after = progressAfter(table, rows, before);
  try {
    await target.rows.append(table, rows, { before, after });
    return after;
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error;
    const [only, ...others] = rows;
    if (only !== undefined && others.length === 0) {
      throw new UnfitStore(
        `${target.place} does not take the row of ${table.name} with ${renderKey(table, only)}: ${error.message}. \`latchkey store check\` of the source says whether the row is sound`,
        { cause: error },
      );
    }
    let progress = before;
    for (const row of rows) progress = await append(target, table, [row], progress);
    return progress;
  }
}

function progressAfter(table: Table, rows: readonly Row[], before: TableProgress): TableProgress {
  const hash = new RollingHash(before);
  for (const row of rows) hash.add(encodeRow(row));
  const last = keyOf(table, rows.at(-1) ?? []);
  return {
    ...hash.state,
    lastKey: table.key.map((column, index) => renderValue(column, last[index] ?? null)),
  };
}

type Difference = Awaited<ReturnType<typeof compareTables>>['difference'];

function changedMeanwhile(table: Table | 'keys', { place }: CopySource, difference?: Difference): UnfitStore {
  return new UnfitStore(
    `${place} has changed since the copy began: ${describe(table, difference)}. Stop what uses it, empty the target, and copy again`,
  );
}

function notKept(table: Table | 'keys', { place }: CopyTarget, difference?: Difference): UnfitStore {
  return new UnfitStore(
    `${place} does not have what was copied into it: ${describe(table, difference)}. Empty the target, and copy again`,
  );
}

function describe(table: Table | 'keys', difference: Difference): string {
  if (table === 'keys') return 'its keys are others';
  if (difference === undefined) return `${table.name} has other rows`;
  const { key, on } = difference;
  const where = { source: 'is missing in the target', target: 'is in the target alone', both: 'is another' };
  return `the row of ${table.name} with ${key} ${where[on]}`;
}

function haveSameKeys(keys: readonly OpenedKey[], others: readonly OpenedKey[]): boolean {
  const plain = (all: readonly OpenedKey[]) =>
    all.map(({ id, createdAtMs, secret }) => [id, createdAtMs, Buffer.from(secret).toString('hex')]);
  return isDeepStrictEqual(plain(keys), plain(others));
}
