import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Made, MakeRequest, MakerSettings } from './making.ts';

export interface MakerBounds {
  /** For one answer. */
  readonly timeoutMs: number;
  /** Requests that wait for their turn, of one asker and of all. */
  readonly maxWaitingEach: number;
  readonly maxWaiting: number;
  /** After which an idle thread ends, and gives back the memory of the models. */
  readonly idleMs: number;
  /** Of the thread; the largest of AWS's models takes half of it. */
  readonly maxHeapMiB: number;
}

export const BOUNDS: MakerBounds = {
  timeoutMs: 30_000,
  maxWaitingEach: 64,
  maxWaiting: 1_024,
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
 * modules, and a model that takes too long is given up. Askers take turns, so that one who wants much does not keep out
 * the others.
 */
export class Maker {
  readonly #settings: MakerSettings;
  readonly #bounds: MakerBounds;
  /** By asker; whose turn it is next stands first. */
  readonly #waiting = new Map<string, Job[]>();
  #worker: Worker | undefined;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: MakerSettings, bounds: MakerBounds = BOUNDS) {
    this.#settings = settings;
    this.#bounds = bounds;
  }

  /**
   * @param asker - e.g. its address
   * @throws {MakeError}
   */
  make(request: MakeRequest, asker: string): Promise<Made> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(stopping());
        return;
      }
      const jobs = this.#waiting.get(asker) ?? [];
      const waiting = this.#waiting.values().reduce((sum, { length }) => sum + length, 0);
      if (jobs.length >= this.#bounds.maxWaitingEach || waiting >= this.#bounds.maxWaiting) {
        reject(new MakeError('busy', `${waiting} others wait already`));
        return;
      }
      jobs.push({ request, resolve, reject });
      this.#waiting.set(asker, jobs);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const unmade = [
      ...(this.#job === undefined ? [] : [this.#job]),
      ...this.#waiting.values().toArray().flat(),
    ];
    this.#waiting.clear();
    await this.#stop();
    for (const { reject } of unmade) reject(stopping());
  }

  #next(): void {
    if (this.#job !== undefined || this.#closed) return;
    this.#job = this.#takeTurn();
    clearTimeout(this.#timer);
    if (this.#job === undefined) {
      this.#timer = setTimeout(() => void this.#stop(), this.#bounds.idleMs).unref();
      return;
    }
    const { path } = this.#job.request;
    this.#timer = setTimeout(() => {
      const error = new MakeError('timedOut', `${path} was not made within ${this.#bounds.timeoutMs} ms`);
      // Not at once, or there would be two threads, each with its models.
      void this.#stop().then(() => this.#settle(error));
    }, this.#bounds.timeoutMs);
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#job.request);
  }

  #takeTurn(): Job | undefined {
    const [turn] = this.#waiting;
    if (turn === undefined) return undefined;
    const [asker, jobs] = turn;
    const job = jobs.shift();
    this.#waiting.delete(asker);
    if (jobs.length > 0) this.#waiting.set(asker, jobs);
    return job;
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
      // One that was given up may have come to an end all the same.
      if (this.#worker !== worker) return;
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
