import { LogPace } from './log-pace.ts';

/** What is given up when more is asked for than there is room for. Each is a label of the metric `latchkey_dropped_total`. */
export type Dropped =
  /** A password that was not checked, as too many waited. */
  | 'passwordCheck'
  /** A connection that waited, and was closed to make room for another. */
  | 'connection'
  /** A request whose body found no room in memory, or lost it to an address that had less. */
  | 'body'
  /** A request that was shed, as too many were waiting. */
  | 'request'
  /** An answer that was not read in time. */
  | 'unreadAnswer'
  /** A device authorization that found no place, or lost its place to one of an address that had fewer. */
  | 'deviceAuthorization'
  /** A request for a module or page, as too many waited for the render thread. */
  | 'render'
  /** A count of wrong passwords or user codes that was forgotten before its time. */
  | 'failureWindow';

/** Counts what the bounds made the server give up, and says so in the log, a line a minute at most. */
export class Drops {
  readonly #report: DropReport;
  readonly #pace: LogPace;

  constructor(report: DropReport) {
    this.#report = report;
    this.#pace = new LogPace(() => report.now());
  }

  /** @param address - whose it was, where that is known */
  record(what: Dropped, address?: string): void {
    this.#report.count(what);
    const count = this.#pace.count(what);
    if (count !== undefined) this.#report.log({ dropped: what, count, address });
  }
}

export interface DropReport {
  count(what: Dropped): void;
  /** @param line.count - how many since the last line of this kind; `address` is that of the last one */
  log(line: {
    readonly dropped: Dropped;
    readonly count: number;
    readonly address: string | undefined;
  }): void;
  now(): number;
}
