import { setImmediate } from 'node:timers/promises';
import type { DirectoryReader, EntryFilter, EntryKind, EntryOf } from './directory.ts';
import { entryKey } from './entry-key.ts';
import { readPages } from './read-pages.ts';

/** Goes through all entries of a kind, a page at a time. After each page, waiting requests have their turn. */
export async function* readEntries<K extends EntryKind>(
  store: Pick<DirectoryReader, 'listEntries'>,
  kind: K,
  of: EntryFilter = {},
): AsyncGenerator<EntryOf[K]> {
  const pages = readPages<EntryOf[K]>(
    (page) => store.listEntries(kind, { ...page, of }),
    (entry) => entryKey(kind, entry as never),
  );
  for await (const page of pages) {
    yield* page;
    await setImmediate();
  }
}
