import { setImmediate } from 'node:timers/promises';
import type { DirectoryReader, EntryFilter, EntryKind, EntryOf } from './directory.ts';
import { entryKey } from './entry-key.ts';

const PAGE_SIZE = 100;

/** Goes through all entries of a kind, a page at a time. After each page, waiting requests have their turn. */
export async function* readEntries<K extends EntryKind>(
  store: Pick<DirectoryReader, 'listEntries'>,
  kind: K,
  of: EntryFilter = {},
): AsyncGenerator<EntryOf[K]> {
  let after: string | undefined;
  do {
    const page = { of, limit: PAGE_SIZE, ...(after !== undefined && { after }) };
    const entries: readonly EntryOf[K][] = await store.listEntries(kind, page);
    yield* entries;
    const last = entries.length < PAGE_SIZE ? undefined : entries.at(-1);
    after = last && entryKey(kind, last as never);
    await setImmediate();
  } while (after !== undefined);
}
