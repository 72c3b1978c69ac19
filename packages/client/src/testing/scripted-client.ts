import type { CallOptions } from '../call-options.ts';
import type { Operation } from '../operation.ts';
import { ServiceError } from '../service-error.ts';
import { testClock } from './test-clock.ts';

/** An operation whose wire format does not matter. */
export const describeThing: Operation = {
  name: 'DescribeThing',
  input: { type: 'structure', name: 'DescribeThingRequest', members: {} },
  output: { type: 'structure', name: 'DescribeThingResponse', members: {} },
  errors: [],
  auth: [],
};

export function serviceError(name: string): ServiceError {
  const ids = { requestId: undefined, extendedRequestId: undefined };
  const response = { status: 400, ...ids, headers: {}, attempts: 1, totalRetryDelayMs: 0 };
  return new ServiceError(name, `This is ${name}`, { fault: 'client', response, members: {} });
}

/** A client whose calls give these outputs and errors in turn; the last is repeated for ever. */
export function scriptedClient(answers: readonly object[], chance = 1) {
  const inputs: unknown[] = [];
  const clock = testClock(undefined, chance);

  function call<Output>(operation: Operation, input: object, options?: CallOptions): Promise<Output>;
  async function call(_operation: Operation, input: object, options?: CallOptions): Promise<unknown> {
    options?.signal?.throwIfAborted();
    const answer = answers[Math.min(inputs.length, answers.length - 1)];
    inputs.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  return { inputs, sleeps: clock.sleeps, call, clock };
}
