import type { Clock } from '../clock.ts';
import type { ServiceError } from '../service-error.ts';

/** Errors that always mean a wrong clock. */
const skewed = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
/** Errors that may mean a wrong clock. */
const maybeSkewed = new Set(['AuthFailure', 'InvalidSignatureException', 'SignatureDoesNotMatch']);

const toleratedMs = 4 * 60_000;

/** The clock of a service: the local clock, corrected once an error of the service has shown that it is wrong. */
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
   * Corrects the clock by the `date` of an error answer, where a wrong clock is the reason for the error.
   *
   * @param sentAtMs when the request was signed, by this clock
   * @returns false where the clock is right, or the answer has no `date`
   */
  correct({ name, response }: ServiceError, sentAtMs: number): boolean {
    if (!skewed.has(name) && !maybeSkewed.has(name)) return false;
    const serviceMs = Date.parse(response.headers['date'] ?? '');
    if (Number.isNaN(serviceMs) || Math.abs(serviceMs - sentAtMs) < toleratedMs) return false;
    this.#offsetMs = serviceMs - this.#ours.now();
    return true;
  }
}
