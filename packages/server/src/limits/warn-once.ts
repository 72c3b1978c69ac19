/** Writes a warning to the log. What strangers chose goes into `fields`, which are escaped. */
export type Warn = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** The most warnings of one kind. */
const MAX_WARNINGS = 20;

/** Passes on one warning for each key, and no more than 20 in all, because strangers can cause them. */
export class WarnOnce {
  readonly #warn: Warn;
  readonly #warned = new Set<string>();

  constructor(warn: Warn) {
    this.#warn = warn;
  }

  /** @param key - the cause: where there was a warning for it, this one is dropped */
  warn(key: string, message: string, fields?: Readonly<Record<string, unknown>>): void {
    if (this.#warned.size >= MAX_WARNINGS || this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#warn(message, fields);
  }
}
