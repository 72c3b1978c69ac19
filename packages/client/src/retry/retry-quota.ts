const capacity = 500;
const retryCost = 5;
const timeoutCost = 10;

/**
 * Limits the retries of a client as a whole, so that many callers do not overload a service that is down. Each retry
 * takes from the quota. A call that succeeds gives back what its last retry took, or 1 when it needed none.
 */
export class RetryQuota {
  #available = capacity;

  /** Takes a retry from the quota. @returns its cost, or undefined when the quota is used up */
  take(timedOut: boolean): number | undefined {
    const cost = timedOut ? timeoutCost : retryCost;
    if (cost > this.#available) return undefined;
    this.#available -= cost;
    return cost;
  }

  giveBack(cost: number | undefined): void {
    this.#available = Math.min(capacity, this.#available + (cost ?? 1));
  }
}
