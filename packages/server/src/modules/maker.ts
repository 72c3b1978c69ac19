import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Made, MakeRequest, MakerSettings } from './making.ts';

export interface MakerBounds {
  /** For one answer. */
  readonly timeoutMs: number;
  /** Requests that wait for their turn. */
  readonly maxWaiting: number;
  /** After which an idle thread ends, and gives back the memory of the models. */
  readonly idleMs: number;
}

export const BOUNDS: MakerBounds = { timeoutMs: 30_000, maxWaiting: 64, idleMs: 5 * 60_000 };

/** Why an answer was not made. */
export class MakeError extends Error {
  override readonly name = 'MakeError';
  readonly code: 'busy' | 'timedOut' | 'failed';

  constructor(code: MakeError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

interface Job {
  readonly request: MakeRequest;
  readonly resolve: (made: Made) => void;
  readonly reject: (error: MakeError) => void;
}

/** How the thread answers. */
export type Reply = { readonly made: Made } | { readonly failure: unknown };

/**
 * Makes answers one at a time in a thread of its own, so that whoever signs in does not wait for whoever generates
 * modules, and a model that takes too long is given up.
 */
export class Maker {
  readonly #settings: MakerSettings;
  readonly #bounds: MakerBounds;
  readonly #waiting: Job[] = [];
  #worker: Worker | undefined;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: MakerSettings, bounds: MakerBounds = BOUNDS) {
    this.#settings = settings;
    this.#bounds = bounds;
  }

  /** @throws {MakeError} */
  make(request: MakeRequest): Promise<Made> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#bounds.maxWaiting) {
        reject(new MakeError('busy', `${this.#bounds.maxWaiting} others wait already`));
        return;
      }
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const unmade = [...(this.#job === undefined ? [] : [this.#job]), ...this.#waiting.splice(0)];
    await this.#stop();
    for (const { reject } of unmade) reject(new MakeError('failed', 'The server stops'));
  }

  #next(): void {
    if (this.#job !== undefined || this.#closed) return;
    this.#job = this.#waiting.shift();
    clearTimeout(this.#timer);
    if (this.#job === undefined) {
      this.#timer = setTimeout(() => void this.#stop(), this.#bounds.idleMs).unref();
      return;
    }
    const { path } = this.#job.request;
    this.#timer = setTimeout(() => {
      void this.#stop();
      this.#settle(new MakeError('timedOut', `${path} was not made within ${this.#bounds.timeoutMs} ms`));
    }, this.#bounds.timeoutMs);
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#job.request);
  }

  #settle(outcome: Made | MakeError): void {
    const job = this.#job;
    this.#job = undefined;
    if (outcome instanceof MakeError) job?.reject(outcome);
    else job?.resolve(outcome);
    this.#next();
  }

  #start(): Worker {
    const script = new URL(`./maker-worker${extname(import.meta.url)}`, import.meta.url);
    // Node would write a line about its type stripping among our logs.
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const worker = new Worker(script, { workerData: this.#settings, execArgv });
    worker.unref();
    worker.on('message', (reply: Reply) => {
      if ('made' in reply) this.#settle(reply.made);
      else this.#settle(failed(reply.failure));
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#settle(failed(error));
    });
    return worker;
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

function failed(cause: unknown): MakeError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new MakeError('failed', message, { cause });
}
