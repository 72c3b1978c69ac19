import { FairShares, type Holder } from './fair-shares.ts';

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

  /** @returns the item that has to leave: this one, or one of a holder that has more; `undefined` while there is room */
  push(holder: Holder, item: Item): Item | undefined {
    if (!this.#waiting.hasRoom(holder, this.#bounds.maxWaitingPerAddress)) return item;
    this.#waiting.add(holder, item);
    return this.size > this.#bounds.maxWaiting ? this.#waiting.takeFromLargest('newest', holder) : undefined;
  }

  /** Takes out the item whose turn it is. */
  takeTurn(): Item | undefined {
    return this.#waiting.takeTurn();
  }
}
