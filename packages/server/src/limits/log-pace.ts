const LINE_EVERY_MS = 60_000;

/** Lets the log have a line a minute of what strangers can cause at any pace. */
export class LogPace {
  readonly #now: () => number;
  readonly #unlogged = new Map<string, { count: number; loggedAtMs: number }>();

  /** @param now - milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts one.
   *
   * @param kind - one of a few
   * @returns how many of the kind there were since its last line; `undefined` while no line is due
   */
  count(kind: string): number | undefined {
    const nowMs = this.#now();
    const unlogged = this.#unlogged.get(kind) ?? { count: 0, loggedAtMs: Number.NEGATIVE_INFINITY };
    this.#unlogged.set(kind, unlogged);
    unlogged.count += 1;
    const { count, loggedAtMs } = unlogged;
    if (Math.abs(nowMs - loggedAtMs) < LINE_EVERY_MS) return undefined;
    Object.assign(unlogged, { count: 0, loggedAtMs: nowMs });
    return count;
  }
}
