import type { MessagePort, Worker } from 'node:worker_threads';
import { ConfigError, type ConfigProblem } from './config-error.ts';

/** The methods that a thread answers, by their names. Arguments and results are copied. */
export type ThreadMethods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

type Message =
  | { readonly call: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly answer: number; readonly result: unknown }
  | { readonly answer: number; readonly problems: readonly ConfigProblem[] }
  | { readonly answer: number; readonly error: unknown };

/** Lets two threads call each other's methods. A `ConfigError` arrives as one. */
export class ThreadCalls {
  readonly #port: MessagePort | Worker;
  readonly #methods: ThreadMethods;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #lastCall = 0;
  #failure: { readonly reason: unknown } | undefined;

  /**
   * @param port - the other thread: a worker, or the port to the thread that has started this one
   * @param methods - those that this thread answers
   */
  constructor(port: MessagePort | Worker, methods: ThreadMethods) {
    this.#port = port;
    this.#methods = methods;
    port.on('message', (message: Message) => {
      if ('call' in message) void this.#answer(message);
      else this.#settle(message);
    });
  }

  /** Calls a method of the other thread. */
  call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.reason);
    const call = Promise.withResolvers<unknown>();
    this.#lastCall += 1;
    this.#open.set(this.#lastCall, call);
    this.#send({ call: this.#lastCall, method, args });
    return call.promise;
  }

  /** Rejects every call, those to come too, as the other thread answers no more. The first reason counts. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { reject } of this.#open.values()) reject(this.#failure.reason);
    this.#open.clear();
  }

  async #answer({ call, method, args }: Extract<Message, { readonly call: number }>): Promise<void> {
    try {
      const answer = this.#methods[method];
      if (answer === undefined) throw new TypeError(`Call a thread: it has no method "${method}"`);
      this.#send({ answer: call, result: await answer(...(args as never[])) });
    } catch (error) {
      this.#send(
        error instanceof ConfigError ? { answer: call, problems: error.problems } : { answer: call, error },
      );
    }
  }

  #settle(message: Exclude<Message, { readonly call: number }>): void {
    const call = this.#open.get(message.answer);
    this.#open.delete(message.answer);
    if ('result' in message) call?.resolve(message.result);
    else call?.reject('problems' in message ? new ConfigError(message.problems) : message.error);
  }

  #send(message: Message): void {
    this.#port.postMessage(message);
  }
}
