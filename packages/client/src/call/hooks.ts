/** Identifies the attempt, and its call, that an event is about. */
export interface AttemptEvent {
  /** E.g. `SSO OIDC`. */
  readonly serviceId: string;
  /** E.g. `CreateToken`. */
  readonly operation: string;
  /** The same for all attempts of a call. */
  readonly invocationId: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** Tells the hook `request` that an attempt is sent. */
export interface RequestEvent extends AttemptEvent {
  readonly method: string;
  /** Origin of the request's URL. Path and query are left out, as they may hold secrets. */
  readonly origin: string;
}

/** Tells the hook `response` that an attempt was answered, with an output or with an error. */
export interface ResponseEvent extends AttemptEvent {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Time from before signing until the answer arrived; of a streaming answer, until its headers did. */
  readonly durationMs: number;
}

/** Tells the hook `retry` that the call is sent again, after a delay. */
export interface RetryEvent extends AttemptEvent {
  /** Error of the attempt. */
  readonly error: unknown;
  readonly delayMs: number;
}

/** Tells the hook `error` that the call fails for good. */
export interface ErrorEvent extends AttemptEvent {
  /** Error that the call will reject with. */
  readonly error: unknown;
}

/**
 * Functions that a program is told by what its clients do, for logs, metrics and traces. Events hold no secrets. An
 * error thrown by a hook becomes an unhandled rejection of the program, and does not affect the call.
 */
export interface Hooks {
  request?(event: RequestEvent): void;
  response?(event: ResponseEvent): void;
  retry?(event: RetryEvent): void;
  error?(event: ErrorEvent): void;
}

/** Calls a hook. What it throws becomes an unhandled rejection, so that an observer cannot make a call fail. */
export function tell(hook: () => void): void {
  try {
    hook();
  } catch (error) {
    void Promise.reject(error);
  }
}
