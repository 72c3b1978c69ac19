import type { CallOptions } from './call-options.ts';
import { isObject, isTruthy, jsonEqual } from './jmespath/json.ts';
import type { Operation } from './operation.ts';
import type { ServiceClient } from './service-client.ts';

/** How an operation is paginated (`smithy.api#paginated`). Paths are member names joined by dots. */
export interface Pagination {
  /** Input member that takes the token. */
  readonly inputToken: string;
  /** Path of the next page's token in the output. */
  readonly outputToken: string;
  /** Path of a page's items in the output: a list or a map. */
  readonly items?: string;
  /** Path of the boolean that says whether another page follows. False ends the pagination, even where there is a token. */
  readonly more?: string;
}

/** Iterates over the pages of an operation, or with `items()` over what is in them. Sends nothing before it is iterated. */
export interface Paginator<Page, Item> extends AsyncIterable<Page> {
  /** Iterates over the items of all pages; items of a map are pairs of key and value. */
  items(): AsyncIterable<Item>;
}

/**
 * Paginates an operation. Each iteration starts with the token in `params`, if there is one. It ends after a page that
 * has no next token, that repeats the token just used (some services do so at the end of a log), or that says that it
 * is the last.
 */
export function paginate<Page extends object, Item = never>(
  client: Pick<ServiceClient, 'call'>,
  operation: Operation,
  params: object,
  pagination: Pagination,
  options?: CallOptions,
): Paginator<Page, Item> {
  async function* pages(): AsyncGenerator<Page, void, undefined> {
    const { inputToken, outputToken, more = '' } = pagination;
    let input: Readonly<Record<string, unknown>> = { ...params };
    while (true) {
      const page = await client.call<Page>(operation, input, options);
      yield page;
      if (memberAt(page, more) === false) return;
      const token = memberAt(page, outputToken);
      if (!isTruthy(token) || jsonEqual(token, input[inputToken])) return;
      input = { ...input, [inputToken]: token };
    }
  }
  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of pages()) yield* itemsAt<Item>(page, pagination.items ?? '');
  }
  return { [Symbol.asyncIterator]: pages, items };
}

/** The model says of what type the items are. */
function itemsAt<Item>(page: object, path: string): readonly Item[];
function itemsAt(page: object, path: string): readonly unknown[] {
  const items = memberAt(page, path);
  if (Array.isArray(items)) return items;
  return isObject(items) ? Object.entries(items) : [];
}

function memberAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
      value,
    );
}
