import { metadataOf } from '../metadata.ts';
import type { Middleware } from '../middleware.ts';

/** A call that has ended. It holds nothing of what was sent or received, which may be secret, but for the error's message. */
export interface LoggedCall {
  /** E.g. `DynamoDB`. */
  readonly serviceId: string;
  /** E.g. `GetItem`. */
  readonly operation: string;
  /** Time of the call with all its attempts; of an output that streams, until its headers were there. */
  readonly durationMs: number;
  /** HTTP status of the last answer. Undefined where none came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** How many times the request was sent. Undefined where no answer came. */
  readonly attempts: number | undefined;
  /** What the call was rejected with. Undefined where it succeeded. */
  readonly error: unknown;
}

/** How `logging` writes. */
export interface LoggingOptions {
  /** Writes an entry. Default: one line with `console.info`, for an error with `console.warn`. */
  readonly write?: (call: LoggedCall) => void;
  /** Milliseconds, for durations. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * Middleware that writes an entry for each call that has ended.
 *
 * @example
 * ```ts
 * const factory = new ApiFactory({ use: [logging()] }); // DynamoDB.GetItem 200 in 12 ms, request 5LA…
 * ```
 */
export function logging({
  write = writeLine,
  now = () => performance.now(),
}: LoggingOptions = {}): Middleware {
  return {
    async call({ operation, serviceId }, next) {
      const startedMs = now();
      const ended = (of: unknown, error?: unknown) => {
        const { attempts, requestId, status } = metadataOf(of) ?? {};
        const durationMs = now() - startedMs;
        write({ serviceId, operation, durationMs, status, requestId, attempts, error });
      };
      try {
        const output = await next();
        ended(output);
        return output;
      } catch (error) {
        ended(error, error);
        throw error;
      }
    },
  };
}

function writeLine({ attempts = 1, durationMs, error, requestId, ...call }: LoggedCall): void {
  const parts = [
    `${call.serviceId}.${call.operation}`,
    ...(call.status === undefined ? [] : [` ${call.status}`]),
    ` in ${Math.round(durationMs)} ms`,
    ...(attempts > 1 ? [`, ${attempts} attempts`] : []),
    ...(requestId === undefined ? [] : [`, request ${requestId}`]),
    ...(error === undefined ? [] : [`, ${String(error)}`]),
  ];
  if (error === undefined) console.info(parts.join(''));
  else console.warn(parts.join(''));
}
