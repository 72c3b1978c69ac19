import { renderValue } from '../store/rows/row.ts';
import { type RowReader, readRows } from '../store/rows/row-reader.ts';
import { columnValue, renderKey, type Table, tables } from '../store/rows/tables.ts';
import type { Finding } from './finding.ts';
import { faultsOf } from './row-rules.ts';

/** A store that is checked. */
export interface CheckedStore {
  readonly rows: RowReader;
  /** What the engine itself finds. */
  findEngineFaults(): Promise<readonly Finding[]>;
  findInstanceId(): Promise<string | undefined>;
  /** @returns how many there are. @throws {Error} which says why one cannot be opened */
  countKeys(): Promise<number>;
}

export interface CheckOptions {
  readonly signal?: AbortSignal;
  readonly onFinding: (finding: Finding) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface CheckReport {
  readonly instanceId: string | undefined;
  readonly keys: number;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** Reads everything in a store, and tells what is wrong. Nothing is changed. */
export async function checkStore(
  store: CheckedStore,
  { signal, onFinding, onProgress = () => undefined }: CheckOptions,
): Promise<CheckReport> {
  for (const finding of await store.findEngineFaults()) onFinding(finding);
  const instanceId = await checkInstance(store, onFinding);
  const keys = await checkKeys(store, onFinding);
  let total = 0;
  for (const table of tables) total += await attempt(table, onFinding, () => store.rows.count(table), 0);
  let done = 0;
  const counts = [];
  for (const table of tables) {
    let rows = 0;
    const read = async () => {
      for await (const row of readRows(store.rows, table)) {
        rows += 1;
        done += 1;
        for (const message of faultsOf(table, row)) {
          onFinding({ where: table.name, key: renderKey(table, row), message });
        }
        if (done % 1000 === 0) {
          onProgress({ done, total });
          signal?.throwIfAborted();
        }
      }
    };
    await attempt(table, onFinding, read, undefined);
    await attempt(table, onFinding, () => checkOthers(store.rows, table, onFinding), undefined);
    if (table.name === 'directory_state' && rows !== 1) {
      onFinding({ where: table.name, message: `it has ${rows} rows, not one` });
    }
    counts.push({ name: table.name, rows });
  }
  return { instanceId, keys, tables: counts };
}

async function checkInstance(
  store: CheckedStore,
  onFinding: CheckOptions['onFinding'],
): Promise<string | undefined> {
  const where = 'instance id';
  try {
    const id = await store.findInstanceId();
    if (id === undefined) onFinding({ where, message: 'there is none' });
    else if (!/^ssoins-[0-9a-f]{16}$/.test(id)) {
      onFinding({ where, message: `it is no "ssoins-" with 16 hex digits: ${JSON.stringify(id)}` });
    }
    return id;
  } catch (error) {
    onFinding({ where, message: (error as Error).message });
    return undefined;
  }
}

async function checkKeys(store: CheckedStore, onFinding: CheckOptions['onFinding']): Promise<number> {
  try {
    const keys = await store.countKeys();
    if (keys === 0)
      onFinding({ where: 'keys', message: 'there are none: everyone signs in and registers anew' });
    return keys;
  } catch (error) {
    onFinding({ where: 'keys', message: (error as Error).message });
    return 0;
  }
}

/** What a row must have in other tables. */
async function checkOthers(
  rows: RowReader,
  table: Table,
  onFinding: CheckOptions['onFinding'],
): Promise<void> {
  const tell = async (condition: string, message: (row: Parameters<typeof renderKey>[1]) => string) => {
    for (const row of await rows.findRows(table, condition)) {
      onFinding({ where: table.name, key: renderKey(table, row), message: message(row) });
    }
  };
  for (const [column, to] of Object.entries(table.references)) {
    const described = table.columns.find(({ name }) => name === column)!;
    await tell(
      `t.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "${to.table}" r WHERE r.${to.column} = t.${column})`,
      (row) =>
        `its ${column} ${renderValue(described, columnValue(table, row, column))} is no ${to.column} of ${to.table}`,
    );
  }
  if (table.name === 'sign_in_session')
    await tell(OF_NOBODY, () => 'it is of nobody: no user has its user_id, and none who was removed had it');
  if (table.name === 'authorization') {
    await tell(OF_ANOTHER, () => 'it is of another user than its sign-in session');
  }
}

/** Sessions of release 0.1 may be of people who had left the file before there was a directory: they open nothing, and expire. */
const OF_NOBODY = `
  NOT EXISTS (SELECT 1 FROM directory_user u WHERE u.id = t.user_id)
  AND NOT EXISTS (SELECT 1 FROM directory_tombstone d WHERE d.user_id = t.user_id)
  AND t.created_at_ms >= (SELECT min(created_at_ms) FROM directory_user)`;
const OF_ANOTHER = `
  EXISTS (SELECT 1 FROM sign_in_session s WHERE s.id = t.sign_in_session_id AND s.user_id <> t.user_id)`;

/** A part that cannot be read is told, and the others are checked all the same. */
async function attempt<Result>(
  { name }: Table,
  onFinding: CheckOptions['onFinding'],
  run: () => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    onFinding({ where: name, message: `it cannot be read: ${(error as Error).message}` });
    return otherwise;
  }
}
