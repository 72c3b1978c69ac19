import type { Context } from '../context.ts';
import type { DirectoryPage } from '../people/directory.ts';
import { issuePageToken, type ListOfUser, readPageToken } from './page-token.ts';

/** The most items of a page, and the number where the request states none. */
const PAGE_SIZE = 100;

/** A list of one user that is read a page at a time. */
export interface PagedList<T> extends ListOfUser {
  /** Reads the items after a key, in the order of their keys. */
  read(page: DirectoryPage): Promise<readonly T[]>;
  /** Never empty, and each item's own. */
  keyOf(item: T): string;
}

/**
 * Reads a page of a list. A page token names the last item of the page before, and the next page has what comes after it:
 * it stays right when items come and go in between, that one too. An empty page token means the first page.
 *
 * @throws {SsoError} `InvalidRequestException` for a token that was never given out
 */
export async function readPage<T>(
  context: Pick<Context, 'keys'>,
  list: PagedList<T>,
  { nextToken, maxResults = PAGE_SIZE }: { nextToken?: string | undefined; maxResults?: number | undefined },
): Promise<{ readonly items: readonly T[]; readonly nextToken?: string }> {
  const after = nextToken ? readPageToken(context, list, nextToken) : '';
  const found = await list.read({ limit: maxResults + 1, ...(after !== '' && { after }) });
  const items = found.slice(0, maxResults);
  const last = items.at(-1);
  return last === undefined || found.length <= maxResults
    ? { items }
    : { items, nextToken: issuePageToken(context, list, list.keyOf(last)) };
}
