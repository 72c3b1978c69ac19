import { deadline } from './call/deadline.ts';
import type { CallOptions } from './call-options.ts';
import type { Operation } from './operation.ts';
import type { ServiceClient } from './service-client.ts';
import { ServiceError } from './service-error.ts';
import { delayAfter } from './waiters/delay.ts';
import { matches, type Outcome } from './waiters/matches.ts';
import type { Waiter } from './waiters/waiter.ts';
import { WaiterError } from './waiters/waiter-error.ts';

/** Options of a wait. Those of `CallOptions` apply to each of its calls. */
export interface WaitOptions extends CallOptions {
  /** Time limit of the wait, in seconds. Default: 1800. */
  readonly maxWaitSeconds?: number;
  /** Shortest time between two calls, in seconds. Default: what the service recommends. */
  readonly minDelaySeconds?: number;
  /** Longest time between two calls, in seconds. Default: what the service recommends. */
  readonly maxDelaySeconds?: number;
}

/**
 * Repeats a call until its answer is the one that the waiter waits for
 * (https://smithy.io/2.0/additional-specs/waiters.html).
 *
 * @returns the answer; or the error, where the waiter waits for an error (e.g. until something is deleted)
 * @throws {WaiterError} `failure` when an answer shows that it will never come, or the service answered with an error
 *   that the waiter does not know; `timeout` after `maxWaitSeconds`, also while an answer stalls
 */
export async function waitFor<Result>(
  client: Pick<ServiceClient, 'call' | 'clock'>,
  operation: Operation,
  params: object,
  waiter: Waiter,
  options?: WaitOptions,
): Promise<Result>;
export async function waitFor(
  client: Pick<ServiceClient, 'call' | 'clock'>,
  operation: Operation,
  params: object,
  waiter: Waiter,
  options: WaitOptions = {},
): Promise<unknown> {
  const { clock } = client;
  const { maxWaitSeconds = 1800, minDelaySeconds, maxDelaySeconds, ...callOptions } = options;
  const minDelay = minDelaySeconds ?? waiter.minDelay ?? 2;
  const maxDelay = maxDelaySeconds ?? waiter.maxDelay ?? 120;
  const endMs = clock.now() + maxWaitSeconds * 1000;

  for (let attempts = 1; ; attempts += 1) {
    const limit = deadline(options.signal, endMs - clock.now() || undefined, waiter.name);
    const outcome = await call(client, operation, params, { ...callOptions, signal: limit.signal })
      .catch((error: unknown) => {
        const isOver = limit.signal?.aborted === true && options.signal?.aborted !== true;
        throw isOver ? timeout(waiter, attempts, { error }, maxWaitSeconds) : error;
      })
      .finally(() => limit.clear());
    const state = stateAfter(waiter, operation, params, outcome);
    if (state === 'success') return 'output' in outcome ? outcome.output : outcome.error;
    if (state === 'failure') throw failure(waiter, attempts, outcome);

    const remaining = (endMs - clock.now()) / 1000;
    const delay = delayAfter(attempts, { minDelay, maxDelay, remaining }, clock.random());
    if (delay === undefined) throw timeout(waiter, attempts, outcome, maxWaitSeconds);
    await clock.sleep(delay * 1000, options.signal);
  }
}

async function call(
  client: Pick<ServiceClient, 'call'>,
  operation: Operation,
  params: object,
  options: CallOptions,
): Promise<Outcome> {
  try {
    return { output: await client.call<unknown>(operation, params, options) };
  } catch (error) {
    if (error instanceof ServiceError) return { error };
    throw error;
  }
}

function stateAfter(waiter: Waiter, operation: Operation, params: object, outcome: Outcome): string {
  const acceptor = waiter.acceptors.find((candidate) => matches(candidate, operation, params, outcome));
  return acceptor?.state ?? ('error' in outcome ? 'failure' : 'retry');
}

function failure({ name }: Waiter, attempts: number, outcome: Outcome): WaiterError {
  return 'error' in outcome
    ? new WaiterError(
        `${name}: will not come, the service answered ${outcome.error.name}: ${outcome.error.message}`,
        {
          state: 'failure',
          attempts,
          cause: outcome.error,
        },
      )
    : new WaiterError(`${name}: will not come, as the last answer shows (property "output" of this error)`, {
        state: 'failure',
        attempts,
        output: outcome.output,
      });
}

function timeout(
  { name }: Waiter,
  attempts: number,
  outcome: Outcome | { readonly error: unknown },
  maxWaitSeconds: number,
): WaiterError {
  return new WaiterError(
    `${name}: had not come after ${maxWaitSeconds} s (calls: ${attempts}); option "maxWaitSeconds" waits longer`,
    {
      state: 'timeout',
      attempts,
      ...('error' in outcome ? { cause: outcome.error } : { output: outcome.output }),
    },
  );
}
