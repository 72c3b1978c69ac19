import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { addressBlock, addressBlocks } from '../limits/address-block.ts';
import { FairQueue } from '../limits/fair-queue.ts';
import type { Held } from '../limits/fair-shares.ts';
import {
  FORGET,
  type Rendered,
  type RenderReply,
  type RenderRequest,
  type RenderSettings,
} from './render-messages.ts';

export interface RenderThreadBounds {
  /** For one request, from when the thread begins with it. */
  readonly timeoutMs: number;
  /** The most requests of one client that wait. */
  readonly maxWaitingPerClient: number;
  /** The most requests of all clients that wait. */
  readonly maxWaiting: number;
  /** An idle thread ends after this long, which gives back the memory of the models. */
  readonly idleMs: number;
  /** Heap of the thread. The largest of AWS's models takes half of it. */
  readonly maxHeapMiB: number;
}

const RENDER_THREAD_BOUNDS: RenderThreadBounds = {
  timeoutMs: 30_000,
  // More than the runtime has files: a program may ask for nearly all of them at once, behind the modules of its services.
  maxWaitingPerClient: 512,
  maxWaiting: 8_192,
  idleMs: 5 * 60_000,
  maxHeapMiB: 256,
};

/** Why a request was not rendered. `internal` is a failure of ours; every other code may be gone at the next try. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly code: 'busy' | 'timedOut' | 'outOfMemory' | 'stopping' | 'internal';

  constructor(code: RenderError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Something to render once, for all clients that ask for it before it is done. */
interface Job {
  readonly key: string;
  readonly request: RenderRequest;
  /** Who waits for it, by client. Each has a place in the queue, so that none waits for another's turn. */
  readonly waiters: Map<string, Waiter>;
}

interface Waiter extends PromiseWithResolvers<Rendered> {
  readonly job: Job;
  readonly client: string;
  /** Its place in the queue, until the job begins. */
  place?: Held<Waiter>;
}

/**
 * Renders requests one at a time in a worker thread, so that sign-in does not wait for the generation of modules, and a
 * model that takes too long can be given up. Clients take turns, so that one with many requests does not keep out the
 * others.
 */
export class RenderThread {
  readonly #settings: RenderSettings;
  readonly #bounds: RenderThreadBounds;
  readonly #queue: FairQueue<Waiter>;
  /** The jobs that a request for the same joins. */
  readonly #jobs = new Map<string, Job>();
  #worker: Worker | undefined;
  /** The request that the thread is working on. */
  #job: Job | undefined;
  /** Ends the job that takes too long, or the thread that is idle. */
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: RenderSettings, bounds: Partial<RenderThreadBounds> = {}) {
    this.#settings = settings;
    this.#bounds = { ...RENDER_THREAD_BOUNDS, ...bounds };
    this.#queue = new FairQueue({
      maxWaiting: this.#bounds.maxWaiting,
      maxWaitingPerAddress: this.#bounds.maxWaitingPerClient,
    });
  }

  /**
   * @param address - IP address of the client, which says whose turn it takes
   * @returns the same object to all who wait for the same
   * @throws {RenderError}
   */
  render(request: RenderRequest, address: string): Promise<Rendered> {
    if (this.#closed) return Promise.reject(stopping());
    const key = `${request.path}?${request.query} ${request.forPerson}`;
    const job = this.#jobs.get(key) ?? { key, request, waiters: new Map() };
    const client = addressBlock(address);
    const known = job.waiters.get(client);
    if (known !== undefined) return known.promise;
    const waiter: Waiter = { job, client, ...Promise.withResolvers<Rendered>() };
    this.#jobs.set(key, job);
    job.waiters.set(client, waiter);
    if (job !== this.#job) this.#enqueue(waiter, address);
    return waiter.promise;
  }

  /** Lets every request that the thread has not begun be rendered from the files as they are then. */
  forget(): void {
    if (this.#job !== undefined) this.#jobs.delete(this.#job.key);
    this.#worker?.postMessage(FORGET);
  }

  /** Ends the thread. Requests that wait, and later ones, are rejected with the code `stopping`. */
  async close(): Promise<void> {
    this.#closed = true;
    const unfinished = new Set([...(this.#job === undefined ? [] : [this.#job]), ...this.#jobs.values()]);
    this.#jobs.clear();
    await this.#stop();
    for (const { waiters } of unfinished) for (const { reject } of waiters.values()) reject(stopping());
  }

  #enqueue(waiter: Waiter, address: string): void {
    const { place, leaving } = this.#queue.push(addressBlocks(address), waiter);
    if (place !== undefined) waiter.place = place;
    if (leaving !== undefined) {
      const { job, client, reject } = leaving;
      job.waiters.delete(client);
      if (job.waiters.size === 0) this.#jobs.delete(job.key);
      reject(new RenderError('busy', `${this.#queue.size} other requests are waiting already`));
    }
    this.#next();
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
      const message = `${path} was not rendered within ${this.#bounds.timeoutMs} ms`;
      // The next job starts once this thread has ended: two threads would hold the models twice.
      void this.#stop().then(() => this.#settle(new RenderError('timedOut', message)));
    }, this.#bounds.timeoutMs);
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#job.request);
  }

  /** The job of the client whose turn it is. Nobody else needs to wait for the same. */
  #takeTurn(): Job | undefined {
    const job = this.#queue.takeTurn()?.job;
    for (const { place } of job?.waiters.values() ?? []) {
      if (place !== undefined) this.#queue.remove(place);
    }
    return job;
  }

  #settle(outcome: Rendered | RenderError): void {
    const job = this.#job;
    this.#job = undefined;
    if (job !== undefined && this.#jobs.get(job.key) === job) this.#jobs.delete(job.key);
    for (const { resolve, reject } of job?.waiters.values() ?? []) {
      if (outcome instanceof RenderError) reject(outcome);
      else resolve(outcome);
    }
    this.#next();
  }

  #start(): Worker {
    const script = new URL(`./render-worker${extname(import.meta.url)}`, import.meta.url);
    // Node would write a warning about its type stripping to standard error, between the lines of the log.
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const resourceLimits = { maxOldGenerationSizeMb: this.#bounds.maxHeapMiB };
    const worker = new Worker(script, { workerData: this.#settings, execArgv, resourceLimits });
    worker.unref();
    worker.on('message', (reply: RenderReply) => {
      // A thread that was given up may still finish its job.
      if (this.#worker !== worker) return;
      if ('rendered' in reply) this.#settle(reply.rendered);
      else this.#settle(internal(reply.failure));
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#settle(this.#explain(error));
    });
    return worker;
  }

  #explain(error: Error): RenderError {
    if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return internal(error);
    const { maxHeapMiB } = this.#bounds;
    const path = this.#job?.request.path;
    return new RenderError('outOfMemory', `${path} takes more than ${maxHeapMiB} MiB of memory`, {
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

function stopping(): RenderError {
  return new RenderError('stopping', 'the server is stopping');
}

function internal(cause: unknown): RenderError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new RenderError('internal', message, { cause });
}
