/** Seconds. */
export interface DelayLimits {
  readonly minDelay: number;
  readonly maxDelay: number;
  /** Until the waiter gives up. */
  readonly remaining: number;
}

/**
 * Seconds until the next attempt: longer and longer, by chance, and so that a last attempt fits in the time that remains
 * (https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries).
 *
 * @param attempt how many have been made
 * @param random from 0 to 1
 * @returns undefined when no other attempt fits
 */
export function delayAfter(attempt: number, limits: DelayLimits, random: number): number | undefined {
  const { minDelay, maxDelay, remaining } = limits;
  const ceiling = Math.max(minDelay, Math.min(maxDelay, minDelay * 2 ** (attempt - 1)));
  const delay = minDelay + random * (ceiling - minDelay);
  const fitting = remaining - delay <= minDelay ? remaining - minDelay : delay;
  return fitting > 0 ? fitting : undefined;
}
