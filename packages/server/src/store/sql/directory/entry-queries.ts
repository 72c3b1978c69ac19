import type {
  DirectoryPage,
  DirectorySource,
  EntryFilter,
  EntryKind,
  EntryOf,
} from '../../port/directory.ts';
import type { Dialect } from '../dialect.ts';
import { all, type SqlValue, type Work } from '../work.ts';
import { type EntryTable, entryTables } from './entries.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** The kinds of entries that have a name. */
export type NamedKind = 'user' | 'group' | 'account' | 'permissionSet';

/** The entries of one kind that meet a condition. */
export function* selectEntries<K extends EntryKind>(
  dialect: Dialect,
  kind: K,
  condition: string,
  ...values: readonly SqlValue[]
): Work<readonly EntryOf[K][]> {
  const { table, columns, read }: EntryTable<EntryOf[K]> = entryTables[kind];
  const rows = yield* all<never>(`SELECT ${columns(dialect)} FROM ${table} WHERE ${condition}`, ...values);
  return rows.map(read);
}

/** Finds an entry by its id, or by its name where no other one has the name. */
export function* findEntry<K extends NamedKind>(
  dialect: Dialect,
  kind: K,
  by: { readonly id: string } | { readonly nameKey: string },
): Work<EntryOf[K] | undefined> {
  if ('id' in by) return (yield* selectEntries(dialect, kind, 'id = ?', idValue(kind, by.id)))[0];
  const found = yield* selectEntries(dialect, kind, 'name_key = ? LIMIT 2', by.nameKey);
  return found.length === 1 ? found[0] : undefined;
}

/** Lists one page of entries, in the order of their keys; an index gives them in it. */
export function* listEntries<K extends EntryKind>(
  dialect: Dialect,
  kind: K,
  page: DirectoryPage & { readonly source?: DirectorySource; readonly of?: EntryFilter },
): Work<readonly EntryOf[K][]> {
  const { key } = entryTables[kind];
  const { after, limit, source, of = {} } = page;
  const equal = new Map(Object.entries(of).map(([name, id]) => [referenceColumn(kind, name), id]));
  const conditions = [...equal.keys()].map((column) => `${column} = ?`);
  const values = [...equal].map(columnValue);
  if (source !== undefined) {
    conditions.unshift('source = ?');
    values.unshift(source);
  }
  if (after !== undefined) {
    // A part that all entries of the list share is left out: the index is then entered at the key, not before it.
    const parts = keyParts(key, after).filter(([column, part]) => equal.get(column) !== part);
    if (parts.length === 0) return [];
    const names = parts.map(([column]) => column).join(', ');
    conditions.push(`(${names}) > (${parts.map(() => '?').join(', ')})`);
    values.push(...parts.map(columnValue));
  }
  const condition = conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
  return yield* selectEntries(
    dialect,
    kind,
    `${condition} ORDER BY ${key.join(', ')} LIMIT ?`,
    ...values,
    limit,
  );
}

function referenceColumn(kind: EntryKind, name: string): string {
  const column = entryTables[kind].references[name as keyof EntryFilter];
  if (column === undefined) {
    throw new TypeError(`Cannot list entries of the kind ${kind} by ${name}: they do not refer to one`);
  }
  return column;
}

/** The condition that only the entry with a key meets, and the values in it. */
export function keyCondition(
  kind: EntryKind,
  key: string,
): readonly [condition: string, values: readonly SqlValue[]] {
  const parts = keyParts(entryTables[kind].key, key);
  return [parts.map(([column]) => `${column} = ?`).join(' AND '), parts.map(columnValue)];
}

/** The columns of a key with their values in its text. */
function keyParts(key: readonly string[], text: string): readonly [column: string, part: string][] {
  const parts = key.length === 1 ? [text] : text.split(' ');
  if (parts.length !== key.length) {
    throw new TypeError(
      `Cannot look for the key "${text}": ${key.length} parts are wanted, with a space between them`,
    );
  }
  return key.map((column, index) => [column, parts[index] ?? '']);
}

/** An id as it is kept: those of users and groups as bytes. */
export function idValue(kind: NamedKind, id: string): SqlValue {
  return kind === 'user' || kind === 'group' ? uuidBytes(id) : id;
}

/** The ids of users and groups are kept as bytes, other parts of keys as text. */
function columnValue([column, text]: readonly [column: string, text: string]): SqlValue {
  return column === 'user_id' || column === 'group_id' ? uuidBytes(text) : text;
}
