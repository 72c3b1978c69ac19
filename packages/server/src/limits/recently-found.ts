import { addressBlocks } from './address-block.ts';
import { FairShares } from './fair-shares.ts';

/**
 * A cache of `capacity` values that were found lately. A search that found nothing is not remembered. Where there are too
 * many, the oldest of the address that had the most remembered is forgotten, so nobody pushes out what others use.
 */
export class RecentlyFound<Value extends object> {
  readonly #capacity: number;
  readonly #values = new Map<string, Value>();
  readonly #keys = new FairShares<string>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * @param address - on whose behalf it is remembered
   * @param search - asked only when nothing is remembered under the key
   */
  find(key: string, address: string, search: () => Value | undefined): Value | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const found = search();
    if (found === undefined) return undefined;
    this.#values.set(key, found);
    this.#keys.add(addressBlocks(address), key);
    const forgotten = this.#keys.size > this.#capacity ? this.#keys.takeFromLargest('oldest') : undefined;
    if (forgotten !== undefined) this.#values.delete(forgotten);
    return found;
  }
}
