import type { Clock } from '../clock.ts';
import type { ServiceError } from '../service-error.ts';

/** Said only of a clock that is wrong. */
const skewed = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
/** Said also of a wrong clock. */
const maybeSkewed = new Set(['AuthFailure', 'InvalidSignatureException', 'SignatureDoesNotMatch']);

const toleratedMs = 4 * 60_000;

/** The time as a service has it: ours, put right once a refusal has shown that it is wrong. */
export class ServiceClock {
  readonly #ours: Pick<Clock, 'now'>;
  #offsetMs = 0;

  constructor(ours: Pick<Clock, 'now'>) {
    this.#ours = ours;
  }

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.#ours.now() + this.#offsetMs;
  }

  /**
   * Takes the time from a refusal, where ours is why the service refused.
   *
   * @param sentAtMs when the request was signed, by this clock
   * @returns false when the clock is not to blame, or the service does not say what time it is
   */
  correct({ name, response }: ServiceError, sentAtMs: number): boolean {
    if (!skewed.has(name) && !maybeSkewed.has(name)) return false;
    const serviceMs = Date.parse(response.headers['date'] ?? '');
    if (Number.isNaN(serviceMs) || Math.abs(serviceMs - sentAtMs) < toleratedMs) return false;
    this.#offsetMs = serviceMs - this.#ours.now();
    return true;
  }
}
