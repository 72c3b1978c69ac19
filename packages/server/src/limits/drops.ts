/** What is given up when more is asked for than there is room for. Each is a label of the metric `latchkey_dropped_total`. */
export type Dropped = 'passwordCheck' | 'unreadAnswer';

/** A log line about drops is written at most this often for each kind. */
const LOG_EVERY_MS = 60_000;

/** Counts what the bounds made the server give up, and says so in the log, a line a minute at most. */
export class Drops {
  readonly #report: DropReport;
  readonly #unlogged = new Map<Dropped, { count: number; loggedAtMs: number }>();

  constructor(report: DropReport) {
    this.#report = report;
  }

  /** @param address - whose it was */
  record(what: Dropped, address: string): void {
    const { count, log, now } = this.#report;
    count(what);
    const nowMs = now();
    const unlogged = this.#unlogged.get(what) ?? { count: 0, loggedAtMs: Number.NEGATIVE_INFINITY };
    this.#unlogged.set(what, unlogged);
    unlogged.count += 1;
    if (Math.abs(nowMs - unlogged.loggedAtMs) < LOG_EVERY_MS) return;
    log({ dropped: what, count: unlogged.count, address });
    Object.assign(unlogged, { count: 0, loggedAtMs: nowMs });
  }
}

export interface DropReport {
  count(what: Dropped): void;
  /** @param line.count - how many since the last line of this kind; `address` is that of the last one */
  log(line: { readonly dropped: Dropped; readonly count: number; readonly address: string }): void;
  now(): number;
}
