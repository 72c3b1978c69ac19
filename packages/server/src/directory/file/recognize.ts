import type { DirectorySource, EntryOf, ExternalId } from '../../store/port/directory.ts';
import { entryKey } from '../../store/port/entry-key.ts';
import { readPages } from '../../store/port/read-pages.ts';
import type { NamedKind } from './declaration.ts';
import type { Declared, DeclaredOf } from './declared-entries.ts';
import type { Pair } from './merge-by-key.ts';
import type { FileStore } from './sides.ts';

/** The kinds of entries whose names may change. */
export type RenamedKind = Exclude<NamedKind, 'account'>;

export const RENAMED: readonly RenamedKind[] = ['user', 'group', 'permissionSet'];

/** An external id that the file gives to an entry, and an entry of another source has. */
export interface TakenExternalId {
  readonly kind: 'user' | 'group';
  /** The key of what is declared. */
  readonly key: string;
  readonly what: { readonly externalId: ExternalId; readonly of: string; readonly from: DirectorySource };
}

/** What the file declares under another name than the store has, and external ids that it moves between its entries. */
export class Recognized {
  readonly #keys = {
    ...{ user: new Map<string, string>(), group: new Map<string, string>() },
    permissionSet: new Map<string, string>(),
  };
  readonly #ids = { user: new Set<string>(), group: new Set<string>(), permissionSet: new Set<string>() };
  readonly #moved = { user: new Map<string, ExternalId[]>(), group: new Map<string, ExternalId[]>() };
  readonly taken: TakenExternalId[] = [];

  /** Notes the entry that is declared under another key. To be called in an order in which each name is free by then. */
  rename(kind: RenamedKind, key: string, id: string): void {
    this.#keys[kind].set(key, id);
    this.#ids[kind].add(id);
  }

  /** Notes an external id that the file gives to another entry. */
  move(kind: 'user' | 'group', id: string, externalId: ExternalId): void {
    const moved = this.#moved[kind].get(id) ?? [];
    this.#moved[kind].set(id, moved);
    moved.push(externalId);
  }

  /** The ids of what is renamed, by the keys under which it is declared, in the order in which each name is free. */
  renames(kind: RenamedKind): ReadonlyMap<string, string> {
    return this.#keys[kind];
  }

  /** The external ids that an entry loses to others, by its id. */
  moves(kind: 'user' | 'group'): ReadonlyMap<string, readonly ExternalId[]> {
    return this.#moved[kind];
  }

  isRenamed(kind: NamedKind, id: string): boolean {
    return kind !== 'account' && this.#ids[kind].has(id);
  }

  /** The id of the entry that is declared under a key, where the store has it under another one. */
  idOf(kind: NamedKind, key: string): string | undefined {
    return kind === 'account' ? undefined : this.#keys[kind].get(key);
  }

  /**
   * Puts together what belongs together, of what the store and the file have under one key.
   *
   * @param find - finds an entry that the store has under another key
   */
  async match<Stored extends { readonly id: string }, Entry>(
    kind: NamedKind,
    { key, left, right }: Pair<Stored, Entry>,
    find: (id: string) => Promise<Stored | undefined>,
  ): Promise<{ readonly left?: Stored | undefined; readonly right?: Entry | undefined }> {
    const id = this.idOf(kind, key);
    if (id !== undefined) return { left: await find(id), right };
    return left !== undefined && this.isRenamed(kind, left.id) ? { right } : { left, right };
  }
}

/**
 * Finds the entries of the file that it declares under another name: by the id that it gives, or else by an external id,
 * where nothing has the new name and the file does not declare the old one. Others of its external ids are moved.
 *
 * @param signal - stops it
 */
export async function recognize(
  store: FileStore,
  declared: Declared,
  signal?: AbortSignal,
): Promise<Recognized> {
  const recognized = new Recognized();
  for (const kind of RENAMED) {
    await recognizeByIds(store, recognized, { kind, declared, signal });
    if (kind !== 'permissionSet') await recognizeByExternalIds(store, recognized, { kind, declared, signal });
  }
  return recognized;
}

interface List<K extends RenamedKind> {
  readonly kind: K;
  readonly declared: Declared;
  readonly signal: AbortSignal | undefined;
}

async function recognizeByIds(
  store: FileStore,
  recognized: Recognized,
  list: List<RenamedKind>,
): Promise<void> {
  const { kind } = list;
  /** The keys under which entries are declared, by their ids. */
  const keys = new Map<string, string>();
  for await (const { key, id, hasGivenId } of identified(list)) {
    const stored = hasGivenId ? await store.findEntry(kind, { id }) : undefined;
    if (stored?.source === 'file' && entryKey(kind, stored as never) !== key) keys.set(id, key);
  }
  const done = new Set<string>();
  for (const first of keys.keys()) {
    // Whoever has a name must give it up first. In a circle nobody can; that, inspecting the file finds.
    const chain: string[] = [];
    let next: string | undefined = first;
    while (next !== undefined && !done.has(next)) {
      done.add(next);
      chain.unshift(next);
      const key = keys.get(next);
      next = key === undefined ? undefined : (await store.findEntry(kind, { nameKey: key }))?.id;
    }
    const isFree = next === undefined || recognized.isRenamed(kind, next);
    const [last] = chain;
    if (isFree && last !== undefined && keys.has(last))
      for (const id of chain) recognized.rename(kind, keys.get(id) ?? '', id);
  }
}

async function recognizeByExternalIds(
  store: FileStore,
  recognized: Recognized,
  list: List<'user' | 'group'>,
): Promise<void> {
  const { kind, declared } = list;
  for await (const entry of identified(list)) {
    const { key, values } = entry;
    for (const externalId of values.externalIds) {
      const holder = await store.findExternalId(kind, externalId);
      if (holder === undefined || isOwn(kind, recognized, key, holder)) continue;
      if (holder.source !== 'file') {
        const of = 'userName' in holder ? holder.userName : holder.name;
        recognized.taken.push({ kind, key, what: { externalId, of, from: holder.source } });
      } else if (await isSame(entry, holder)) {
        recognized.rename(kind, key, holder.id);
      } else {
        recognized.move(kind, holder.id, externalId);
      }
    }
  }

  async function isSame(
    { key, hasGivenId }: DeclaredOf['user' | 'group'],
    holder: EntryOf['user' | 'group'],
  ): Promise<boolean> {
    if (hasGivenId || recognized.idOf(kind, key) !== undefined) return false;
    if (recognized.isRenamed(kind, holder.id)) return false;
    const former = entryKey(kind, holder as never);
    const [same] = await declared.list(kind, { from: former, limit: 1 });
    if (same?.key === former) return false;
    const present = await store.findEntry(kind, { nameKey: key });
    return present === undefined || recognized.isRenamed(kind, present.id);
  }
}

/** Whether the entry is that which is declared under a key. */
function isOwn(
  kind: 'user' | 'group',
  recognized: Recognized,
  key: string,
  entry: EntryOf['user' | 'group'],
): boolean {
  if (recognized.isRenamed(kind, entry.id)) return recognized.idOf(kind, key) === entry.id;
  return entryKey(kind, entry as never) === key;
}

/** The declared entries that have an id or external ids. */
async function* identified<K extends RenamedKind>({
  kind,
  declared,
  signal,
}: List<K>): AsyncGenerator<DeclaredOf[K]> {
  const pages = readPages<DeclaredOf[K]>(
    (page) => declared.list(kind, { ...page, isIdentified: true }),
    ({ key }) => key,
  );
  for await (const page of pages) {
    signal?.throwIfAborted();
    yield* page;
  }
}
