import { setImmediate } from 'node:timers/promises';
import { compareKeys } from '../compare-keys.ts';

/** One side of a merge: a list in the order of keys, which is read page by page. */
export interface Side<Item> {
  /** Reads the items after a key. A page of none is the end. */
  read(after: string | undefined): Promise<readonly Item[]>;
  keyOf(item: Item): string;
}

/** What the two sides have under one key. */
export interface Pair<Left, Right> {
  readonly key: string;
  readonly left?: Left;
  readonly right?: Right;
}

/**
 * Merges two lists that are in the order of their keys, some pairs at a time. Between two times, the event loop has its turn,
 * so that requests need not wait.
 */
export async function* mergeByKey<Left, Right>(
  left: Side<Left>,
  right: Side<Right>,
): AsyncGenerator<readonly Pair<Left, Right>[]> {
  const lefts = new Reader(left);
  const rights = new Reader(right);
  for (;;) {
    await Promise.all([lefts.fill(), rights.fill()]);
    const pairs: Pair<Left, Right>[] = [];
    while ((lefts.hasNext || lefts.isOver) && (rights.hasNext || rights.isOver)) {
      if (!lefts.hasNext && !rights.hasNext) break;
      pairs.push(takePair(lefts, rights));
    }
    if (pairs.length === 0) return;
    yield pairs;
    await setImmediate();
  }
}

function takePair<Left, Right>(lefts: Reader<Left>, rights: Reader<Right>): Pair<Left, Right> {
  const [left, right] = [lefts.next, rights.next];
  const order = left === undefined ? 1 : right === undefined ? -1 : compareKeys(left.key, right.key);
  return {
    key: (order <= 0 ? left?.key : right?.key) ?? '',
    ...(order <= 0 && { left: lefts.take() }),
    ...(order >= 0 && { right: rights.take() }),
  };
}

class Reader<Item> {
  readonly #side: Side<Item>;
  #page: readonly Item[] = [];
  #at = 0;
  #lastKey: string | undefined;
  /** Whether there are no items after those of the page. */
  isOver = false;

  constructor(side: Side<Item>) {
    this.#side = side;
  }

  get hasNext(): boolean {
    return this.#at < this.#page.length;
  }

  get next(): { readonly key: string } | undefined {
    const item = this.#page[this.#at];
    return item === undefined ? undefined : { key: this.#side.keyOf(item) };
  }

  take(): Item {
    const item = this.#page[this.#at];
    if (item === undefined) throw new RangeError('Merge two lists: one has no more items');
    this.#lastKey = this.#side.keyOf(item);
    this.#at += 1;
    return item;
  }

  async fill(): Promise<void> {
    if (this.hasNext || this.isOver) return;
    this.#page = await this.#side.read(this.#lastKey);
    this.#at = 0;
    this.isOver = this.#page.length === 0;
  }
}
