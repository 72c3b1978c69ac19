import { SsoError } from '../generated/sso.ts';

/** The most that a page holds, and what it holds unless asked for less. */
const PAGE_SIZE = 100;

/**
 * A page of a sorted list. A page token names the last item of the page before, so that pages stay right when the list
 * changes in between.
 *
 * @throws {SsoError} `InvalidRequestException` for a token that names no item of the list
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { nextToken, maxResults = PAGE_SIZE }: { nextToken?: string | undefined; maxResults?: number | undefined },
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const start =
    nextToken === undefined ? 0 : 1 + items.findIndex((item) => tokenFor(keyOf(item)) === nextToken);
  if (nextToken !== undefined && start === 0) {
    throw new SsoError('InvalidRequestException', {
      message: 'The next token is not valid: list from the start again',
    });
  }
  const end = start + maxResults;
  const last = items[end - 1];
  const found = items.slice(start, end);
  return last === undefined || end >= items.length
    ? { items: found }
    : { items: found, nextToken: tokenFor(keyOf(last)) };
}

function tokenFor(key: string): string {
  return Buffer.from(key).toString('base64url');
}
