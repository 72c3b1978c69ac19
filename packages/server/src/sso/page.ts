import { SsoError } from '../generated/sso.ts';

/** The most items of a page, and the number where the request states none. */
const PAGE_SIZE = 100;

/**
 * A page of a list. A page token names the last item of the page before, and the next page has what sorts after it: it
 * stays right when items come and go in between, that one too. An empty page token means the first page.
 *
 * @param keyOf - what the list is sorted by, each item's own, never empty
 * @throws {SsoError} `InvalidRequestException` for a token that was never given out
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { nextToken, maxResults = PAGE_SIZE }: { nextToken?: string | undefined; maxResults?: number | undefined },
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const lastKey = nextToken ? parseToken(nextToken) : '';
  const rest = items.filter((item) => keyOf(item) > lastKey);
  const found = rest.slice(0, maxResults);
  const last = found.at(-1);
  return last === undefined || found.length === rest.length
    ? { items: found }
    : { items: found, nextToken: renderToken(keyOf(last)) };
}

function renderToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function parseToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (renderToken(key) === token) return key;
  throw new SsoError('InvalidRequestException', {
    message: 'The next token is not valid: list from the start again',
  });
}
