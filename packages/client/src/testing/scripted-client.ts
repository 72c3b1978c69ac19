import type { CallOptions } from '../call-options.ts';
import type { Operation } from '../operation.ts';
import { ServiceError } from '../service-error.ts';

/** An operation whose wire form does not matter. */
export const describeThing: Operation = {
  name: 'DescribeThing',
  input: { type: 'structure', name: 'DescribeThingRequest', members: {} },
  output: { type: 'structure', name: 'DescribeThingResponse', members: {} },
  errors: [],
  auth: [],
};

export function serviceError(name: string): ServiceError {
  const response = { status: 400, requestId: undefined, headers: {}, attempts: 1 };
  return new ServiceError(name, `This is ${name}`, { fault: 'client', response, members: {} });
}

/**
 * A client that answers with the given outputs and errors one after the other, the last for ever, and whose time passes
 * only while somebody sleeps.
 */
export function scriptedClient(answers: readonly object[], random = 1) {
  const inputs: unknown[] = [];
  /** In milliseconds. */
  const sleeps: number[] = [];
  let nowMs = 0;

  function call<Output>(operation: Operation, input: object, options?: CallOptions): Promise<Output>;
  async function call(_operation: Operation, input: object, options?: CallOptions): Promise<unknown> {
    options?.signal?.throwIfAborted();
    const answer = answers[Math.min(inputs.length, answers.length - 1)];
    inputs.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  const clock = {
    now: () => nowMs,
    random: () => random,
    async sleep(ms: number, signal: AbortSignal | undefined) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
    },
  };
  return { inputs, sleeps, call, clock };
}
