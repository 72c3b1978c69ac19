import type { DirectoryReader, EntryKind, EntryOf } from '../../store/port/directory.ts';
import { entryKey } from '../../store/port/entry-key.ts';
import type { NamedKind } from './declaration.ts';
import type { Declared, DeclaredKind, DeclaredOf, DeclaredReference } from './declared-entries.ts';
import type { StoredOf, StoredUser } from './difference.ts';
import type { Side } from './merge-by-key.ts';

/** Entries that are read at a time. */
export const PAGE = 100;

/** What the store must answer. */
export interface FileStore extends DirectoryReader {
  /** The file of the database, where another thread can read it by itself. */
  readonly databaseFile?: string;
}

/** The entries of the file in the store. */
export function storedSide<K extends NamedKind>(store: FileStore, kind: K): Side<StoredOf[K]>;
export function storedSide<K extends EntryKind>(store: FileStore, kind: K): Side<EntryOf[K]>;
export function storedSide(store: FileStore, kind: EntryKind): Side<EntryOf[EntryKind]> {
  return {
    async read(after) {
      const page = { source: 'file' as const, limit: PAGE, ...(after !== undefined && { after }) };
      const entries = await store.listEntries(kind, page);
      return kind === 'user'
        ? Promise.all((entries as EntryOf['user'][]).map((user) => withPassword(store, user)))
        : entries;
    },
    keyOf: (entry) => entryKey(kind, entry as never),
  };
}

/** Finds an entry of the file in the store. */
export async function findStored<K extends NamedKind>(
  store: FileStore,
  kind: K,
  id: string,
): Promise<StoredOf[K] | undefined> {
  const entry = await store.findEntry(kind, { id });
  const user = kind === 'user' ? (entry as EntryOf['user'] | undefined) : undefined;
  return (user === undefined ? entry : await withPassword(store, user)) as StoredOf[K] | undefined;
}

async function withPassword(store: FileStore, user: EntryOf['user']): Promise<StoredUser> {
  const passwordHash = user.hasPassword ? await store.findPasswordHash(user.id) : undefined;
  return passwordHash === undefined ? user : { ...user, passwordHash };
}

/** The entries that a file declares. */
export function declaredSide<K extends DeclaredKind>(declared: Declared, kind: K): Side<DeclaredOf[K]> {
  return {
    read: (after) => declared.list(kind, { limit: PAGE, ...(after !== undefined && { after }) }),
    keyOf: (entry) => ('ids' in entry ? referenceKey(entry) : entry.key),
  };
}

export function referenceKey({ ids }: DeclaredReference): string {
  return ids.join(' ');
}
