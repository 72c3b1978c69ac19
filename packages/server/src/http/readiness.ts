import type { Logger } from '../log/logger.ts';
import type { ClockWatch } from '../store/clock-watch.ts';
import type { Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';

export interface ReadinessOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  readonly clock: Pick<ClockWatch, 'obstacle'>;
}

/** Time for which one write answers everybody who asks. */
const GOOD_FOR_MS = 1_000;

/**
 * Whether the server should get requests: it is not stopping, has its directory, its clock agrees with the database's, and its store
 * takes what a sign-in writes. The latter is found out by writing, at most once a second, however many ask.
 */
export class Readiness {
  readonly #store: Pick<Store, 'check'>;
  readonly #now: () => number;
  readonly #logger: ReadinessOptions['logger'];
  readonly #clock: ReadinessOptions['clock'];
  #latest: { readonly atMs: number; readonly obstacle: Promise<string | undefined> } | undefined;
  #isStopping = false;
  #isLoading = false;
  #isOutdated = false;
  #couldWrite = true;

  constructor(store: Pick<Store, 'check'>, { now, logger, clock }: ReadinessOptions) {
    this.#store = store;
    this.#now = now;
    this.#logger = logger;
    this.#clock = clock;
  }

  /** From now on the server is not ready. */
  stop(): void {
    this.#isStopping = true;
  }

  /** A newer release has changed the store: from now on the server is not ready. */
  outdated(): void {
    this.#isOutdated = true;
  }

  /** Until the directory is there, the server is not ready. */
  awaitDirectory(): void {
    this.#isLoading = true;
  }

  directoryLoaded(): void {
    this.#isLoading = false;
  }

  /** @returns why the server should get no requests; `undefined` when it is ready */
  async findObstacle(): Promise<string | undefined> {
    if (this.#isStopping) return STOPPING;
    if (this.#isOutdated) return OUTDATED;
    if (this.#isLoading) return LOADING;
    if (this.#clock.obstacle !== undefined) return this.#clock.obstacle;
    const obstacle = await this.#findStoreObstacle();
    return this.#isStopping ? STOPPING : obstacle;
  }

  #findStoreObstacle(): Promise<string | undefined> {
    const nowMs = this.#now();
    // A clock that was set back asks anew, too.
    if (this.#latest === undefined || Math.abs(nowMs - this.#latest.atMs) >= GOOD_FOR_MS) {
      this.#latest = { atMs: nowMs, obstacle: this.#write() };
    }
    return this.#latest.obstacle;
  }

  async #write(): Promise<string | undefined> {
    try {
      await this.#store.check();
    } catch (error) {
      const obstacle = `The store cannot be written: ${explainStoreError(error)}`;
      if (this.#couldWrite) this.#logger.error({ err: error }, `Not ready. ${obstacle}`);
      this.#couldWrite = false;
      return obstacle;
    }
    if (!this.#couldWrite) this.#logger.info('Ready again: the store can be written');
    this.#couldWrite = true;
    return undefined;
  }
}

const STOPPING = 'The server is stopping';
const OUTDATED = 'A newer release of Latchkey has changed the store: this one cannot go on';
const LOADING = 'The directory is being loaded';

/** Result codes of SQLite. */
const reasons: Readonly<Record<number, string>> = {
  8: 'it is read-only',
  10: 'its disk reports an error',
  11: 'the database is damaged',
  13: 'its disk is full',
  14: 'a file of it cannot be opened',
};

/** @returns in a few words why a write failed. Strangers read it, so it has no paths. */
function explainStoreError(error: unknown): string {
  if (error instanceof StoreUnavailable) return 'it cannot be reached';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // The lowest byte of an extended code is the primary one.
    const reason = 'errcode' in cause ? reasons[Number(cause.errcode) & 0xff] : undefined;
    if (reason !== undefined) return reason;
  }
  return 'see the log of the server';
}
