import type { ServiceError } from './service-error.ts';

/** Said only of a clock that is wrong. */
const skewed = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
/** Said also of a wrong clock. */
const maybeSkewed = new Set(['AuthFailure', 'InvalidSignatureException', 'SignatureDoesNotMatch']);

const toleratedMs = 4 * 60_000;

/**
 * How far the service's clock is ahead of ours, when that is why it refused a request.
 *
 * @param sentAtMs when the request was signed, by the clock as corrected so far
 * @param nowMs now, by the clock as it is
 * @returns undefined when the clock is not to blame, or the service does not say what time it is
 */
export function clockOffsetMs(
  { name, response }: ServiceError,
  sentAtMs: number,
  nowMs: number,
): number | undefined {
  if (!skewed.has(name) && !maybeSkewed.has(name)) return undefined;
  const serverMs = Date.parse(response.headers['date'] ?? '');
  if (Number.isNaN(serverMs)) return undefined;
  return Math.abs(serverMs - sentAtMs) < toleratedMs ? undefined : serverMs - nowMs;
}
