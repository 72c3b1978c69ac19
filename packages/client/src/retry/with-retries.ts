import { aborted, deadline } from '../call/deadline.ts';
import { ClientError } from '../client-error.ts';
import type { Clock } from '../clock.ts';
import { backoffMs } from './backoff.ts';
import { type Retryable, retryable } from './classify.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RetryQuota } from './retry-quota.ts';

/** Result of one attempt. */
export type Outcome = Success | Failure;

export interface Success {
  readonly value: object;
  /** Resolves when the body has ended, where the value has one that is still being read. */
  readonly reading: Promise<void> | undefined;
}

export interface Failure {
  readonly error: unknown;
  /** Why a retry may help. Undefined: it would not. */
  readonly reason: Retryable | undefined;
  /** Time that the service asks the client to wait. */
  readonly retryAfterMs?: number | undefined;
  /** Whether the cause is already mended (a wrong clock), so that the next attempt need not wait. */
  readonly isMended?: boolean;
}

/** What an attempt is told. */
export interface Turn {
  readonly signal: AbortSignal | undefined;
  /** Sum of the delays before it, in milliseconds. */
  readonly waitedMs: number;
}

export interface RetriedCall {
  /** Name of the call in error messages, e.g. `CreateToken of SSO OIDC`. */
  readonly what: string;
  /** Whether the body can be sent again. */
  readonly isReplayable: boolean;
  readonly signal: AbortSignal | undefined;
  readonly attemptTimeoutMs: number | undefined;
  readonly maxAttempts: number;
  readonly quota: RetryQuota;
  readonly limiter: RateLimiter | undefined;
  readonly clock: Clock;
  /** Makes an attempt; the first is number 1. */
  attempt(attempt: number, turn: Turn): Promise<Outcome>;
  /** Called after a failed attempt that another will follow. */
  retrying(attempt: number, error: unknown, delayMs: number): void;
  /** Called after the last attempt, when it failed. */
  failed(attempt: number, error: unknown): void;
}

/** Makes attempts until one succeeds, or a further one would not help or is not allowed. */
export async function withRetries(call: RetriedCall): Promise<Success> {
  const { clock, limiter, quota, signal } = call;
  let cost: number | undefined;
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    const waitMs = limiter?.take(clock.now()) ?? 0;
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    const outcome = await outcomeOf(call, attempt, waitedMs);
    const isGood = 'value' in outcome;
    limiter?.answered(!isGood && outcome.reason === 'throttling', clock.now());
    if (isGood) {
      quota.giveBack(cost);
      return outcome;
    }
    const { error, reason } = outcome;
    cost = mayRetry(call, attempt) && reason !== undefined ? quota.take(isTimeout(error)) : undefined;
    if (cost === undefined || reason === undefined) {
      call.failed(attempt, error);
      throw error;
    }
    const delayMs = outcome.isMended ? 0 : backoffMs(reason, attempt, clock.random(), outcome.retryAfterMs);
    call.retrying(attempt, error, delayMs);
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    waitedMs += delayMs;
  }
}

async function outcomeOf(call: RetriedCall, attempt: number, waitedMs: number): Promise<Outcome> {
  const limit = deadline(call.signal, call.attemptTimeoutMs, `An attempt of ${call.what}`);
  try {
    const outcome = await call.attempt(attempt, { signal: limit.signal, waitedMs });
    limit.clear('value' in outcome ? outcome.reading : undefined);
    return outcome;
  } catch (thrown) {
    limit.clear();
    const error = limit.signal?.aborted === true ? aborted(limit.signal) : thrown;
    return { error, reason: retryable(error) };
  }
}

function mayRetry({ isReplayable, maxAttempts, signal }: RetriedCall, attempt: number): boolean {
  return isReplayable && attempt < maxAttempts && signal?.aborted !== true;
}

function isTimeout(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'timedOut';
}
