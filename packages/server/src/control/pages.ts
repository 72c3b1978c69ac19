import { entryKey } from '../store/port/entry-key.ts';
import { readPages } from '../store/port/read-pages.ts';
import { type CommandDirectory, type EntryPage, type ListedOf, MAX_PAGE } from './command-directory.ts';

/** Goes through all entries of a kind, page by page. */
export function pagesOf<K extends keyof ListedOf>(
  directory: CommandDirectory,
  kind: K,
  { of, after, limit }: { readonly [P in keyof EntryPage]?: EntryPage[P] | undefined } = {},
): AsyncGenerator<readonly ListedOf[K][]> {
  return readPages(
    (page) => directory.listEntries(kind, { ...page, ...(of !== undefined && { of }) }),
    (entry) => entryKey(kind, entry),
    { after, pageSize: MAX_PAGE, ...(limit !== undefined && { limit }) },
  );
}
