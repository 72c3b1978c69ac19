import { ClientError } from '../client-error.ts';

/** A signal that aborts when its parent does or when its time is over, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal | undefined;
  /**
   * Stops the timer: now, or when a body that is still being read has ended. The parent still aborts the signal.
   *
   * @param reading - resolves when the body has ended
   */
  clear(reading?: Promise<void>): void;
}

/** Longest time that timers take; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Starts a deadline. Its signal aborts with a `ClientError` `timedOut`.
 *
 * @param timeoutMs no limit when undefined or longer than 24 days
 * @param what subject of the error message, e.g. `CreateToken of SSO OIDC`
 */
export function deadline(
  parent: AbortSignal | undefined,
  timeoutMs: number | undefined,
  what: string,
): Deadline {
  if (timeoutMs === undefined || timeoutMs > longestMs) return { signal: parent, clear() {} };
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new ClientError('timedOut', `${what} took longer than ${timeoutMs} ms`));
  }, timeoutMs);
  const signal = parent === undefined ? controller.signal : AbortSignal.any([parent, controller.signal]);
  const stop = () => clearTimeout(timer);
  return { signal, clear: (reading) => (reading === undefined ? stop() : void reading.then(stop)) };
}

/** The error for an aborted signal: its reason where that is a `ClientError`, else `aborted` with the reason as cause. */
export function aborted(signal: AbortSignal | undefined): ClientError {
  const reason: unknown = signal?.reason;
  if (reason instanceof ClientError) return reason;
  return new ClientError('aborted', 'The call was aborted by its signal', { cause: reason });
}

/** Waits for work that is shared with other callers: it goes on when the signal of this caller aborts. */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = () => reject(aborted(signal));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    // Also where the signal is aborted already: a failure of the work that nobody handles would end the process.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
