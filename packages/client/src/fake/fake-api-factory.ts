import { ApiFactory } from '../api-factory.ts';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { ApiMetadata } from '../api-metadata.ts';
import { aborted } from '../call/deadline.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type InternalFactoryOptions, standIns } from '../core-api-factory.ts';
import type { GeneratedClass } from '../generated-class.ts';
import type { MiddlewareAttempt, MiddlewareResponse } from '../middleware.ts';
import type { Operation } from '../operation.ts';
import type { ServiceClient } from '../service-client.ts';
import type { Answer, Answers, InputOf, MethodOf } from './answers.ts';
import { Failure } from './failure.ts';
import { type AnswersUnderWay, withFakeAnswers } from './fake-protocol.ts';

/** An attempt that was answered, or that no answer was given for. */
export interface FakeAttempt {
  /** E.g. `DynamoDB`. */
  readonly serviceId: string;
  /** E.g. `GetItem`. */
  readonly operation: string;
  /** Number of the attempt of its call, from 1. */
  readonly attempt: number;
  readonly input: Readonly<Record<string, unknown>>;
  /** The request as it would have been signed and sent. */
  readonly request: MiddlewareAttempt['request'];
}

type AnyAnswer = Answer<Readonly<Record<string, unknown>>, object>;

/** Answered so that no part of the client takes the body for an empty one. It is not read. */
const body = new TextEncoder().encode('<answer/>');
const noSettings = { region: undefined, endpointUrl: () => undefined, value: () => undefined };
const credentials = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' };

/**
 * An `ApiFactory` for tests: its clients are answered by what the test says, and nothing is sent. All else is real: inputs
 * are checked and written by the model, errors are of their classes, calls are retried, middleware is called. It reads no
 * environment and no files; its region is `us-east-1` unless an option says otherwise; waiting takes no time.
 *
 * @example
 * ```ts
 * const fake = new FakeApiFactory().answer(DynamoDB, { getItem: { Item: { id: { S: '1' } } } });
 * await program(new DynamoDB(fake));
 * assert.deepEqual(fake.inputs(DynamoDB, 'getItem'), [{ TableName: 'notes', Key: { id: { S: '1' } } }]);
 * ```
 */
export class FakeApiFactory extends ApiFactory {
  /** All attempts so far, of all clients, in order. */
  readonly attempts: readonly FakeAttempt[];
  readonly #book: AnswerBook;

  constructor(options: ApiFactoryOptions = {}) {
    const book = new AnswerBook();
    const clock = movingClock();
    const fake: InternalFactoryOptions = {
      ...{ region: 'us-east-1', credentials, ...options },
      clock: { ...clock, ...options.clock },
      use: [...(options.use ?? []), { attempt: (attempt) => book.answer(attempt) }],
      [standIns]: { readSettings: async () => noSettings },
    };
    super(fake);
    this.#book = book;
    this.attempts = book.attempts;
  }

  /** Says what the operations of a service answer; replaces what was said of the same methods. */
  answer<Client>(api: GeneratedClass<Client>, answers: Answers<Client>): this {
    for (const [method, answer] of Object.entries(answers)) {
      const list = (Array.isArray(answer) ? answer : [answer]) as readonly AnyAnswer[];
      this.#book.give(keyOf(api.ApiMetadata.serviceId, operationOf(api, method)), list);
    }
    return this;
  }

  /** Inputs of the calls of a method so far, in order; a call counts once, however often it was tried. */
  inputs<Client, Method extends MethodOf<Client> & string>(
    api: GeneratedClass<Client>,
    method: Method,
  ): readonly InputOf<Client, Method>[] {
    const operation = operationOf(api, method);
    const { serviceId } = api.ApiMetadata;
    return this.attempts
      .filter((each) => each.serviceId === serviceId && each.operation === operation && each.attempt === 1)
      .map(({ input }) => input as InputOf<Client, Method>);
  }

  override buildServiceClient(metadata: ApiMetadata): ServiceClient {
    return super.buildServiceClient(withFakeAnswers(metadata, this.#book.underWay));
  }
}

/** What a test has said, and what was asked. */
class AnswerBook {
  readonly attempts: FakeAttempt[] = [];
  readonly underWay: AnswersUnderWay = new Map();
  readonly #answers = new Map<string, AnyAnswer[]>();

  give(key: string, answers: readonly AnyAnswer[]): void {
    this.#answers.set(key, [...answers]);
  }

  async answer({ attempt, call, request }: MiddlewareAttempt): Promise<MiddlewareResponse> {
    const { input, operation, serviceId } = call;
    this.attempts.push({ serviceId, operation, attempt, input, request });
    const answers = this.#answers.get(keyOf(serviceId, operation)) ?? [];
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const given = typeof next === 'function' ? await next(input, attempt) : next;
    if (given === undefined) {
      throw new TypeError(
        `The test has no answer to ${operation} of ${serviceId}: give it by FakeApiFactory.answer`,
      );
    }
    if (given instanceof Error) throw given;
    const requestId = `fake-${this.attempts.length}`;
    this.underWay.set(requestId, given);
    return {
      status: given instanceof Failure ? (given.status ?? 400) : 200,
      headers: { 'x-amzn-requestid': requestId },
      body,
    };
  }
}

function keyOf(serviceId: string, operation: string): string {
  return `${serviceId}.${operation}`;
}

/** Name of the operation that a method calls, as the class itself says it: by calling it. */
function operationOf<Client>(api: GeneratedClass<Client>, method: string): string {
  let name: string | undefined;
  const call = ({ name: called }: Operation) => {
    name = called;
    return new Promise(() => {});
  };
  const listening = { buildServiceClient: () => ({ call }) } as unknown as ApiFactory;
  const client = new api(listening) as Readonly<Record<string, (input: object) => unknown>>;
  client[method]?.({});
  if (name !== undefined) return name;
  throw new TypeError(`"${method}" is no method of ${api.ApiMetadata.serviceId} that calls an operation`);
}

/** A clock that a sleep moves forward, at once. */
function movingClock(): Clock {
  let aheadMs = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + aheadMs,
    async sleep(milliseconds, signal) {
      // No timer: a test may have replaced them, and would wait for ever.
      if (signal?.aborted) throw aborted(signal);
      aheadMs += milliseconds;
    },
  };
}
