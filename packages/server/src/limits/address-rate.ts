import { type AddressBlock, addressBlocks } from './address-block.ts';
import { TokenBuckets } from './token-bucket.ts';

/**
 * How often each address may do something in a minute, from memory alone; an IPv6 /56 and /48 may do it as often as their
 * shares say.
 */
export class AddressRate {
  readonly #perMinute: number;
  readonly #maxBlocks: number;
  /** The buckets of the blocks that have so many shares. */
  readonly #bucketsByShares = new Map<number, TokenBuckets>();

  /** @param options.maxBlocks - the most blocks of each width that are remembered; the one unused for longest is forgotten */
  constructor(options: { readonly perMinute: number; readonly maxBlocks: number }) {
    this.#perMinute = options.perMinute;
    this.#maxBlocks = options.maxBlocks;
  }

  /** Counts once for the address, if all its blocks have some left. @returns whether they had */
  take(address: string, nowMs: number): boolean {
    const blocks = addressBlocks(address);
    if (!blocks.every((block) => this.#bucketsOf(block).hasSome(block.name, nowMs))) return false;
    for (const block of blocks) this.#bucketsOf(block).take(block.name, nowMs);
    return true;
  }

  #bucketsOf({ shares }: AddressBlock): TokenBuckets {
    let buckets = this.#bucketsByShares.get(shares);
    if (buckets === undefined) {
      const capacity = this.#perMinute * shares;
      buckets = new TokenBuckets({ capacity, refillMs: 60_000 / capacity, maxKeys: this.#maxBlocks });
      this.#bucketsByShares.set(shares, buckets);
    }
    return buckets;
  }
}
