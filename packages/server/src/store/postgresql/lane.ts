import { GIVE_UP_AFTER_MS, StatementFailure } from './failure.ts';
import type { Link } from './link.ts';

/** A place for one connection, which is made anew whenever it was lost. */
export class Slot {
  readonly #open: () => Promise<Link>;
  #link: Link | undefined;
  #waiting: PromiseWithResolvers<Link>[] = [];
  #attempts = 0;
  #downSinceMs: number | undefined;
  #lastFailure: unknown;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isOpening = false;

  constructor(open: () => Promise<Link>) {
    this.#open = open;
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
    if (this.#isGivenUp()) throw this.#failure();
    const waiting = Promise.withResolvers<Link>();
    this.#waiting.push(waiting);
    this.#connect();
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
    this.#downSinceMs = undefined;
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
    this.#downSinceMs ??= performance.now();
    if (this.#isGivenUp()) this.#refuse();
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect();
    }, pauseMs(this.#attempts)).unref();
  }

  #isGivenUp(): boolean {
    return this.#downSinceMs !== undefined && performance.now() - this.#downSinceMs >= GIVE_UP_AFTER_MS;
  }

  #refuse(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure());
  }

  #failure(): StatementFailure {
    const { message, sqlState } = this.#lastFailure as StatementFailure;
    return new StatementFailure(message, { sqlState, isSent: false, cause: this.#lastFailure });
  }

  /** Ends the connection once what was sent is answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0))
      reject(new StatementFailure('The store is closed', { isSent: false }));
    this.#link?.giveUp();
    await this.#link?.ended;
  }
}

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

  constructor(size: number, open: () => Promise<Link>) {
    this.slots = Array.from({ length: size }, () => new Slot(open));
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
