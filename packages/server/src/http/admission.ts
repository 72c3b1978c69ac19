import { FairQueue } from '../limits/fair-queue.ts';
import type { Holder } from '../limits/fair-shares.ts';

/** A request that has arrived. */
export interface Arrived {
  /** Begins to handle it. */
  start(): void;
  /** Refuses it, as others come first. */
  shed(): void;
  /** Whether nobody waits for an answer any more. */
  isOver(): boolean;
}

/** How many requests begin before the event loop reads what has arrived meanwhile; health checks have places of their own. */
const REQUESTS_PER_TURN = 64;
const HEALTH_CHECKS_PER_TURN = 8;
/** The most health checks that wait. */
const MAX_WAITING_HEALTH_CHECKS = 100;

/**
 * Where requests wait until they are handled: some in each turn of the event loop, addresses by turns. So a request waits for
 * one of each other address, however many requests these send. When too many wait, those are shed that came last from the
 * address that has the most of them; what has begun is finished.
 *
 * The measure of too much is how many wait, which says the same on a fast and on a slow machine, and can't be fooled by a clock.
 */
export class Admission {
  readonly #requests: FairQueue<Arrived>;
  readonly #healthChecks: FairQueue<Arrived>;
  #isScheduled = false;

  /** @param maxWaiting - requests that wait; health checks do not count */
  constructor(maxWaiting: number) {
    this.#requests = queueOf(maxWaiting);
    this.#healthChecks = queueOf(MAX_WAITING_HEALTH_CHECKS);
  }

  enter(request: Arrived, holder: Holder, { isHealthCheck }: { readonly isHealthCheck: boolean }): void {
    const queue = isHealthCheck ? this.#healthChecks : this.#requests;
    queue.push(holder, request).leaving?.shed();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      startSome(this.#healthChecks, HEALTH_CHECKS_PER_TURN);
      startSome(this.#requests, REQUESTS_PER_TURN);
      if (this.#healthChecks.size + this.#requests.size > 0) this.#schedule();
    });
  }
}

function queueOf(maxWaiting: number): FairQueue<Arrived> {
  return new FairQueue({ maxWaiting, maxWaitingPerAddress: maxWaiting });
}

function startSome(queue: FairQueue<Arrived>, most: number): void {
  for (let started = 0; started < most; ) {
    const request = queue.takeTurn();
    if (request === undefined) return;
    if (request.isOver()) continue;
    request.start();
    started += 1;
  }
}
