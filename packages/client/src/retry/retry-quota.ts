const capacity = 500;
const retryCost = 5;
const timeoutCost = 10;

/**
 * How many retries a client may make in all, so that many callers do not pile them upon a service that is down. Each
 * takes from the quota; a call that comes through gives back what its last retry took, or one when it needed none.
 */
export class RetryQuota {
  #available = capacity;

  /** @returns what the retry cost, or undefined when the quota is used up */
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
