import { ClientError } from '../client-error.ts';

/** A signal that is aborted when its parent is or when its time is over, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal | undefined;
  /** Forgets the time; the parent still aborts. */
  clear(): void;
}

/** Timers take no longer times: they would be over at once. */
const longestMs = 2 ** 31 - 1;

/**
 * @param timeoutMs no limit when undefined, or longer than 24 days
 * @param what is subject of the message, e.g. `CreateToken of SSO OIDC`
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
  return { signal, clear: () => clearTimeout(timer) };
}

/** Why a signal was aborted, as the error that ends a call: the caller's reason becomes the cause of one of ours. */
export function aborted(signal: AbortSignal | undefined): ClientError {
  const reason: unknown = signal?.reason;
  if (reason instanceof ClientError) return reason;
  return new ClientError('aborted', 'The call was aborted by its signal', { cause: reason });
}

/** Waits for something that others wait for, too, and which goes on when this caller's signal is aborted. */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = () => reject(aborted(signal));
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    return work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
