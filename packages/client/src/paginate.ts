import type { ServiceClient } from './call/service-client.ts';
import type { CallOptions } from './call-options.ts';
import { isObject, isTruthy, jsonEqual } from './jmespath/json.ts';
import type { Operation } from './operation.ts';

/** How an operation gives its answer in pages (`smithy.api#paginated`). Paths are member names joined by dots. */
export interface Pagination {
  /** The member of the input that takes a token. */
  readonly inputToken: string;
  /** Where in the output the token of the next page is. */
  readonly outputToken: string;
  /** Where in the output the items of a page are: a list, or a map. */
  readonly items?: string;
  /** The member of the output that says whether another page follows, whatever its token. */
  readonly more?: string;
}

/** The pages of an answer, or with `items()` what is in them. Nothing is asked before it is iterated. */
export interface Paginator<Page, Item> extends AsyncIterable<Page> {
  /** The items of all pages, one by one; those of a map as pairs of key and value. */
  items(): AsyncIterable<Item>;
}

/**
 * Pages through an operation. Each iteration starts anew, with the token in `params` if it has one. It ends with a page
 * that has no token for another, or the token that was just used, which some services give at the end of a stream, or
 * that says that it is the last.
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
