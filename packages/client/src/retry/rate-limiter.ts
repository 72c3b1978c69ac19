const minFillRate = 0.5;
const smoothing = 0.8;
const beta = 0.7;
const scale = 0.4;

/**
 * Client-side rate limiter of the adaptive retry mode, as in the AWS SDKs. It finds the rate that the service takes
 * without throttling the way TCP CUBIC does: down by a third at each throttling, then up again, slowly near the rate at
 * which it was throttled, and faster beyond.
 */
export class RateLimiter {
  #enabled = false;
  #fillRate = 0;
  #maxCapacity = 0;
  #capacity = 0;
  #filledAt: number | undefined;
  #measuredRate = 0;
  #requests = 0;
  #measuredFrom: number;
  #lastMaxRate = 0;
  #lastThrottledAt: number;
  #timeWindow = 0;

  constructor(nowMs: number) {
    const now = nowMs / 1000;
    this.#measuredFrom = Math.floor(now * 2) / 2;
    this.#lastThrottledAt = now;
  }

  /** Takes a token for one request. @returns how long to wait before sending it */
  take(nowMs: number): number {
    if (!this.#enabled) return 0;
    this.#refill(nowMs / 1000);
    this.#capacity -= 1;
    return this.#capacity >= 0 ? 0 : (-this.#capacity / this.#fillRate) * 1000;
  }

  /** Adjusts the rate after an answer. */
  answered(throttled: boolean, nowMs: number): void {
    const now = nowMs / 1000;
    this.#measure(now);
    let rate: number;
    if (throttled) {
      const used = this.#enabled ? Math.min(this.#measuredRate, this.#fillRate) : this.#measuredRate;
      this.#lastMaxRate = used;
      this.#timeWindow = this.#timeWindowOf(used);
      this.#lastThrottledAt = now;
      rate = used * beta;
      this.#enabled = true;
    } else {
      this.#timeWindow = this.#timeWindowOf(this.#lastMaxRate);
      rate = scale * (now - this.#lastThrottledAt - this.#timeWindow) ** 3 + this.#lastMaxRate;
    }
    this.#update(Math.min(rate, 2 * this.#measuredRate), now);
  }

  #timeWindowOf(rate: number): number {
    return Math.cbrt((rate * (1 - beta)) / scale);
  }

  #measure(now: number): void {
    const bucket = Math.floor(now * 2) / 2;
    this.#requests += 1;
    if (bucket <= this.#measuredFrom) return;
    const rate = this.#requests / (bucket - this.#measuredFrom);
    this.#measuredRate = rate * smoothing + this.#measuredRate * (1 - smoothing);
    this.#requests = 0;
    this.#measuredFrom = bucket;
  }

  #update(rate: number, now: number): void {
    this.#refill(now);
    this.#fillRate = Math.max(rate, minFillRate);
    this.#maxCapacity = Math.max(rate, 1);
    this.#capacity = Math.min(this.#capacity, this.#maxCapacity);
  }

  #refill(now: number): void {
    const since = now - (this.#filledAt ?? now);
    this.#capacity = Math.min(this.#maxCapacity, this.#capacity + since * this.#fillRate);
    this.#filledAt = now;
  }
}
