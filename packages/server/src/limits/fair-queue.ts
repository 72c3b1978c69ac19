import { FairShares, type Held, type Holder } from './fair-shares.ts';

export interface FairQueueBounds {
  /** Length of the queue. */
  readonly maxWaiting: number;
  /** The most that wait for one address; for an IPv6 /56 and /48, its shares of that. */
  readonly maxWaitingPerAddress: number;
}

/**
 * A queue whose holders take turns, each with its own order of arrival. When it is full, the newest of the largest holder
 * leaves, so that nobody is kept out by others who wait for more.
 */
export class FairQueue<Item> {
  readonly #bounds: FairQueueBounds;
  readonly #waiting = new FairShares<Item>();

  constructor(bounds: FairQueueBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** @returns the place of the item, and the item that has to leave: this one, or one of a holder that has more */
  push(holder: Holder, item: Item): { readonly place?: Held<Item>; readonly leaving?: Item | undefined } {
    if (!this.#waiting.hasRoom(holder, this.#bounds.maxWaitingPerAddress)) return { leaving: item };
    const place = this.#waiting.add(holder, item);
    const isFull = this.size > this.#bounds.maxWaiting;
    return { place, leaving: isFull ? this.#waiting.takeFromLargest('newest', holder) : undefined };
  }

  /** Takes an item out before its turn. */
  remove(place: Held<Item>): void {
    this.#waiting.remove(place);
  }

  /** Takes out the item whose turn it is. */
  takeTurn(): Item | undefined {
    return this.#waiting.takeTurn();
  }
}
