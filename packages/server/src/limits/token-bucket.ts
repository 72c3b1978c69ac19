/**
 * Lets each key do something `capacity` times at once and then once every `refillMs`, from memory alone.
 * Keeps at most `maxKeys` keys: the one not seen for longest is forgotten first.
 */
export class TokenBuckets {
  readonly #capacity: number;
  readonly #refillMs: number;
  readonly #maxKeys: number;
  /** The instant at which each key's bucket is full again, in the order of last use. */
  readonly #fullAtMs = new Map<string | number, number>();

  constructor({ capacity, refillMs, maxKeys }: { capacity: number; refillMs: number; maxKeys: number }) {
    this.#capacity = capacity;
    this.#refillMs = refillMs;
    this.#maxKeys = maxKeys;
  }

  /** Takes one from the key's bucket. @returns whether there was one to take */
  take(key: string | number, nowMs: number): boolean {
    const fullAtMs = this.#fullAfterTaking(key, nowMs);
    if (fullAtMs === undefined) return false;
    this.#fullAtMs.delete(key);
    this.#fullAtMs.set(key, fullAtMs);
    if (this.#fullAtMs.size > this.#maxKeys)
      this.#fullAtMs.delete(this.#fullAtMs.keys().next().value as string);
    return true;
  }

  /** Whether the key's bucket has one to take. */
  hasSome(key: string | number, nowMs: number): boolean {
    return this.#fullAfterTaking(key, nowMs) !== undefined;
  }

  /** The instant at which the bucket would be full again after one was taken; `undefined` when it has none. */
  #fullAfterTaking(key: string | number, nowMs: number): number | undefined {
    const refillAllMs = this.#capacity * this.#refillMs;
    const knownMs = this.#fullAtMs.get(key) ?? nowMs;
    // Where the clock was set back, the instant is further away than an empty bucket is from full: the bucket begins anew.
    const isStale = knownMs - nowMs > refillAllMs;
    const fullAtMs = (isStale ? nowMs : Math.max(knownMs, nowMs)) + this.#refillMs;
    return fullAtMs - nowMs > refillAllMs ? undefined : fullAtMs;
  }
}
