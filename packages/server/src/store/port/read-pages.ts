const PAGE_SIZE = 100;

export interface PagesOptions {
  /** The key after which the first page begins. */
  readonly after?: string | undefined;
  /** Items that are read at a time. Default: 100. */
  readonly pageSize?: number;
  /** The most items of all pages together. Default: all. */
  readonly limit?: number;
}

/**
 * Reads a list that is ordered by keys to its end, a page at a time.
 *
 * @param read - reads one page
 * @param keyOf - the key of an item, after which the next page begins
 * @returns pages that have items
 */
export async function* readPages<Item>(
  read: (page: { readonly after?: string; readonly limit: number }) => Promise<readonly Item[]>,
  keyOf: (item: Item) => string,
  { after: first, pageSize = PAGE_SIZE, limit = Number.POSITIVE_INFINITY }: PagesOptions = {},
): AsyncGenerator<readonly Item[]> {
  let after = first;
  for (let left = limit; left > 0; ) {
    const asked = Math.min(pageSize, left);
    const page: readonly Item[] = await read({ limit: asked, ...(after !== undefined && { after }) });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < asked) return;
    after = keyOf(last);
    left -= page.length;
  }
}
