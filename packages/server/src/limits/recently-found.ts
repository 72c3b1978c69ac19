/**
 * Remembers what was found at some cost, for as long as it is among the last `capacity` found. What was looked for in
 * vain is not remembered, so strangers cannot push out what others use.
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
