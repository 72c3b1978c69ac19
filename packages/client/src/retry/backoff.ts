import type { Retryable } from './classify.ts';

const maxDelayMs = 20_000;
const baseMs: Readonly<Record<Retryable, number>> = { transient: 100, throttling: 500 };

/**
 * Time to wait before a retry: exponential backoff with full jitter, at least what the service asked for, at most 20
 * seconds.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param random from 0 to 1
 */
export function backoffMs(
  reason: Retryable,
  attempt: number,
  random: number,
  retryAfterMs: number | undefined,
): number {
  const jittered = random * baseMs[reason] * 2 ** (attempt - 1);
  return Math.min(maxDelayMs, Math.max(jittered, retryAfterMs ?? 0));
}

/**
 * How long a response asks the client to wait: `x-amz-retry-after` in milliseconds, or `Retry-After` in seconds or as a
 * date.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): number | undefined {
  const milliseconds = headers['x-amz-retry-after'];
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const standard = headers['retry-after'];
  if (standard === undefined) return undefined;
  if (/^\d+$/.test(standard)) return Number(standard) * 1000;
  const atMs = Date.parse(standard);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
