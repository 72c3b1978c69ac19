/** All in seconds. */
export interface DelayLimits {
  readonly minDelay: number;
  readonly maxDelay: number;
  /** Time until the waiter gives up. */
  readonly remaining: number;
}

/**
 * Seconds until the next attempt: exponential backoff with jitter, shortened so that a last attempt fits in the
 * remaining time (https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries).
 *
 * @param attempt number of attempts made so far
 * @param random from 0 to 1
 * @returns undefined when no further attempt fits
 */
export function delayAfter(attempt: number, limits: DelayLimits, random: number): number | undefined {
  const { minDelay, maxDelay, remaining } = limits;
  const ceiling = Math.max(minDelay, Math.min(maxDelay, minDelay * 2 ** (attempt - 1)));
  const delay = minDelay + random * (ceiling - minDelay);
  const fitting = remaining - delay <= minDelay ? remaining - minDelay : delay;
  return fitting > 0 ? fitting : undefined;
}
