import { aborted, deadline } from '../call/deadline.ts';
import { ClientError } from '../client-error.ts';
import type { Clock } from '../clock.ts';
import { backoffMs } from './backoff.ts';
import { type Retryable, retryable } from './classify.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RetryQuota } from './retry-quota.ts';

/** How one attempt ended: well, or not. */
export type Outcome = { readonly value: unknown } | Failure;

export interface Failure {
  readonly error: unknown;
  /** Undefined when trying again would not help. */
  readonly reason: Retryable | undefined;
  /** How long the service asks to wait. */
  readonly retryAfterMs?: number | undefined;
  /** Whether the next attempt need not wait, because what was wrong has been put right. */
  readonly isMended?: boolean;
}

export interface RetriedCall {
  /** Subject of messages, e.g. `CreateToken of SSO OIDC`. */
  readonly what: string;
  /** Whether its body can be sent again. */
  readonly isReplayable: boolean;
  readonly signal: AbortSignal | undefined;
  readonly attemptTimeoutMs: number | undefined;
  readonly maxAttempts: number;
  readonly quota: RetryQuota;
  readonly limiter: RateLimiter | undefined;
  readonly clock: Clock;
  /** Makes an attempt, counted from 1. */
  attempt(attempt: number, signal: AbortSignal | undefined): Promise<Outcome>;
  /** Is told of an attempt after which there will be another. */
  retrying(attempt: number, error: unknown, delayMs: number): void;
  /** Is told of the last attempt, when it failed. */
  failed(attempt: number, error: unknown): void;
}

/** Makes attempts until one ends well, or another would not help or is not allowed. */
export async function withRetries(call: RetriedCall): Promise<unknown> {
  const { clock, limiter, quota, signal } = call;
  let cost: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const waitMs = limiter?.take(clock.now()) ?? 0;
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    const outcome = await outcomeOf(call, attempt);
    const isGood = 'value' in outcome;
    limiter?.answered(!isGood && outcome.reason === 'throttling', clock.now());
    if (isGood) {
      quota.giveBack(cost);
      return outcome.value;
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
  }
}

async function outcomeOf(call: RetriedCall, attempt: number): Promise<Outcome> {
  const limit = deadline(call.signal, call.attemptTimeoutMs, `An attempt of ${call.what}`);
  try {
    return await call.attempt(attempt, limit.signal);
  } catch (thrown) {
    const error = limit.signal?.aborted === true ? aborted(limit.signal) : thrown;
    return { error, reason: retryable(error) };
  } finally {
    limit.clear();
  }
}

function mayRetry({ isReplayable, maxAttempts, signal }: RetriedCall, attempt: number): boolean {
  return isReplayable && attempt < maxAttempts && signal?.aborted !== true;
}

function isTimeout(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'timedOut';
}
