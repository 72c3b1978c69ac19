import { GIVE_UP_AFTER_MS, StatementFailure } from './failure.ts';
import type { Link } from './link.ts';

/** Since when no connection could be made, of all that a process has. */
export class Outage {
  #sinceMs: number | undefined;

  begin(): void {
    this.#sinceMs ??= performance.now();
  }

  end(): void {
    this.#sinceMs = undefined;
  }

  /** Whether nobody should wait any more. */
  get isLong(): boolean {
    return this.#sinceMs !== undefined && performance.now() - this.#sinceMs >= GIVE_UP_AFTER_MS;
  }
}

/** A place for one connection, which is made anew whenever it was lost. */
export class Slot {
  readonly #open: () => Promise<Link>;
  readonly #outage: Outage;
  #link: Link | undefined;
  #waiting: PromiseWithResolvers<Link>[] = [];
  #attempts = 0;
  #lastFailure: unknown;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isOpening = false;

  constructor(open: () => Promise<Link>, outage: Outage) {
    this.#open = open;
    this.#outage = outage;
  }

  /** How many statements have no answer yet; `undefined` where there is no connection. */
  get load(): number | undefined {
    return this.#link?.isOpen ? this.#link.load : undefined;
  }

  /**
   * The connection, once there is one.
   *
   * @throws {StatementFailure} that was not sent, when there has been none for 8 seconds
   */
  async link(): Promise<Link> {
    if (this.#link?.isOpen) return this.#link;
    if (this.#isClosed) throw new StatementFailure('The store is closed', { isSent: false });
    this.#connect();
    if (this.#outage.isLong) throw this.#failure();
    const waiting = Promise.withResolvers<Link>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  /** Connects where there is no connection, and doesn't wait for it. */
  #connect(): void {
    if (this.#isOpening || this.#timer !== undefined || this.#isClosed) return;
    this.#isOpening = true;
    this.#open().then(
      (link) => this.#take(link),
      (error) => this.#fail(error),
    );
  }

  #take(link: Link): void {
    this.#isOpening = false;
    if (this.#isClosed) {
      link.destroy();
      return;
    }
    this.#link = link;
    this.#attempts = 0;
    this.#outage.end();
    void link.ended.then(() => {
      if (this.#link !== link) return;
      this.#link = undefined;
      this.#connect();
    });
    for (const { resolve } of this.#waiting.splice(0)) resolve(link);
  }

  #fail(error: unknown): void {
    this.#isOpening = false;
    this.#lastFailure = error;
    this.#outage.begin();
    if (this.#outage.isLong) this.#refuse();
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect();
    }, pauseMs(this.#attempts)).unref();
  }

  #refuse(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure());
  }

  #failure(): StatementFailure {
    const last = this.#lastFailure as StatementFailure | undefined;
    const message = last?.message ?? 'Cannot connect: no connection could be made for a while';
    return new StatementFailure(message, { sqlState: last?.sqlState, isSent: false, cause: last });
  }

  /** Ends the connection once what was sent is answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0))
      reject(new StatementFailure('The store is closed', { isSent: false }));
    const link = this.#link;
    if (link === undefined) return;
    link.giveUp();
    // A host that vanished answers no farewell.
    const timer = setTimeout(() => link.destroy(), FAREWELL_MS);
    await link.ended;
    clearTimeout(timer);
  }
}

/** Time in which a connection ends that was given up: longer than any answer takes. */
const FAREWELL_MS = 6_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Twice as long each time, and somewhat at random, so that not all replicas come at once. */
function pauseMs(attempts: number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return longest * (0.5 + Math.random() / 2);
}

/** Connections of one purpose. */
export class Lane {
  readonly slots: readonly Slot[];
  #turn = 0;

  constructor(size: number, open: () => Promise<Link>, outage: Outage) {
    this.slots = Array.from({ length: size }, () => new Slot(open, outage));
  }

  /** The connection that has least to do. @throws {StatementFailure} that was not sent */
  link(): Promise<Link> {
    let best = this.slots[this.#turn++ % this.slots.length]!;
    for (const slot of this.slots) if ((slot.load ?? Infinity) < (best.load ?? Infinity)) best = slot;
    return best.link();
  }

  async close(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
