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
  /** Of the thread; the largest of AWS's models takes half of it. */
  readonly maxHeapMiB: number;
}

export const BOUNDS: MakerBounds = {
  timeoutMs: 30_000,
  maxWaiting: 64,
  idleMs: 5 * 60_000,
  maxHeapMiB: 256,
};

/** Why an answer was not made. */
export class MakeError extends Error {
  override readonly name = 'MakeError';
  readonly code: 'busy' | 'timedOut' | 'outOfMemory' | 'failed';

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
      if (this.#closed) {
        reject(stopping());
        return;
      }
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
    for (const { reject } of unmade) reject(stopping());
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
    const resourceLimits = { maxOldGenerationSizeMb: this.#bounds.maxHeapMiB };
    const worker = new Worker(script, { workerData: this.#settings, execArgv, resourceLimits });
    worker.unref();
    worker.on('message', (reply: Reply) => {
      if ('made' in reply) this.#settle(reply.made);
      else this.#settle(failed(reply.failure));
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#settle(this.#explain(error));
    });
    return worker;
  }

  #explain(error: Error): MakeError {
    if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return failed(error);
    const { maxHeapMiB } = this.#bounds;
    const what = this.#job?.request.path;
    return new MakeError('outOfMemory', `${what} takes more than ${maxHeapMiB} MiB of memory`, {
      cause: error,
    });
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

function stopping(): MakeError {
  return new MakeError('failed', 'The server stops');
}

function failed(cause: unknown): MakeError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new MakeError('failed', message, { cause });
}
