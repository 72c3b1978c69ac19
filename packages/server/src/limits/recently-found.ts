/**
 * A cache of the last `capacity` values that were found. A search that found nothing is not remembered, so strangers
 * cannot push out what others use.
 */
export class RecentlyFound<Value extends object> {
  readonly #capacity: number;
  readonly #values = new Map<string, Value>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param search - asked only when nothing is remembered under the key */
  find(key: string, search: () => Value | undefined): Value | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const found = search();
    if (found === undefined) return undefined;
    this.#values.set(key, found);
    if (this.#values.size > this.#capacity) this.#values.delete(this.#values.keys().next().value as string);
    return found;
  }
}
