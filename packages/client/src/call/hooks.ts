/** Which attempt of which call a hook is told of. */
export interface AttemptEvent {
  /** E.g. `SSO OIDC`. */
  readonly serviceId: string;
  /** E.g. `CreateToken`. */
  readonly operation: string;
  /** The same for all attempts of a call. */
  readonly invocationId: string;
  /** From 1. */
  readonly attempt: number;
}

export interface RequestEvent extends AttemptEvent {
  readonly method: string;
  /** Where the request goes, without its path and query, which may hold secrets. */
  readonly origin: string;
}

export interface ResponseEvent extends AttemptEvent {
  readonly status: number;
  readonly requestId: string | undefined;
  /** From before signing until the answer was there. */
  readonly durationMs: number;
}

export interface RetryEvent extends AttemptEvent {
  /** What the attempt failed with. */
  readonly error: unknown;
  readonly delayMs: number;
}

export interface ErrorEvent extends AttemptEvent {
  /** What the call is about to fail with. */
  readonly error: unknown;
}

/**
 * Tells a program what its clients do, for logs, metrics and traces. Events hold no secrets. A hook that fails is an
 * unhandled rejection of the program, and changes nothing of the call.
 */
export interface Hooks {
  request?(event: RequestEvent): void;
  response?(event: ResponseEvent): void;
  retry?(event: RetryEvent): void;
  error?(event: ErrorEvent): void;
}

/** Calls a hook; a call must not end by what only watches it. */
export function tell(hook: () => void): void {
  try {
    hook();
  } catch (error) {
    void Promise.reject(error);
  }
}
