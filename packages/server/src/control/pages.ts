import { entryKey } from '../store/port/entry-key.ts';
import { type CommandDirectory, type EntryPage, type ListedOf, MAX_PAGE } from './command-directory.ts';

/** Goes through all entries of a kind, page by page. */
export async function* pagesOf<K extends keyof ListedOf>(
  directory: CommandDirectory,
  kind: K,
  {
    of,
    after: first,
    limit = Number.POSITIVE_INFINITY,
  }: { readonly [P in keyof EntryPage]?: EntryPage[P] | undefined } = {},
): AsyncGenerator<readonly ListedOf[K][]> {
  let after = first;
  let left = limit;
  while (left > 0) {
    const asked = Math.min(MAX_PAGE, left);
    const page = await directory.listEntries(kind, {
      limit: asked,
      ...(after !== undefined && { after }),
      ...(of !== undefined && { of }),
    });
    const last = page.at(-1);
    if (last !== undefined) yield page;
    if (last === undefined || page.length < asked) return;
    after = entryKey(kind, last);
    left -= page.length;
  }
}
