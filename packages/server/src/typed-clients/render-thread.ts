import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
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
  /** Length of the queue of one client. */
  readonly maxWaitingPerClient: number;
  /** Length of all queues together. */
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

interface Job {
  readonly request: RenderRequest;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: RenderError) => void;
}

/**
 * Renders requests one at a time in a worker thread, so that sign-in does not wait for the generation of modules, and a
 * model that takes too long can be given up. Clients take turns, so that one with many requests does not keep out the
 * others.
 */
export class RenderThread {
  readonly #settings: RenderSettings;
  readonly #bounds: RenderThreadBounds;
  /** The queue of each client; the client whose turn is next stands first. */
  readonly #waiting = new Map<string, Job[]>();
  #worker: Worker | undefined;
  /** The request that the thread is working on. */
  #job: Job | undefined;
  /** Ends the job that takes too long, or the thread that is idle. */
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: RenderSettings, bounds: Partial<RenderThreadBounds> = {}) {
    this.#settings = settings;
    this.#bounds = { ...RENDER_THREAD_BOUNDS, ...bounds };
  }

  /**
   * @param client - whose turn it takes, e.g. an IP address
   * @throws {RenderError}
   */
  render(request: RenderRequest, client: string): Promise<Rendered> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(stopping());
        return;
      }
      const jobs = this.#waiting.get(client) ?? [];
      const waiting = this.#waiting.values().reduce((sum, { length }) => sum + length, 0);
      if (jobs.length >= this.#bounds.maxWaitingPerClient || waiting >= this.#bounds.maxWaiting) {
        reject(new RenderError('busy', `${waiting} other requests are waiting already`));
        return;
      }
      jobs.push({ request, resolve, reject });
      this.#waiting.set(client, jobs);
      this.#next();
    });
  }

  /** Lets every request that the thread has not begun be rendered from the files as they are then. */
  forget(): void {
    this.#worker?.postMessage(FORGET);
  }

  /** Ends the thread. Requests that wait, and later ones, are rejected with the code `stopping`. */
  async close(): Promise<void> {
    this.#closed = true;
    const unfinished = [
      ...(this.#job === undefined ? [] : [this.#job]),
      ...this.#waiting.values().toArray().flat(),
    ];
    this.#waiting.clear();
    await this.#stop();
    for (const { reject } of unfinished) reject(stopping());
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

  #takeTurn(): Job | undefined {
    const [turn] = this.#waiting;
    if (turn === undefined) return undefined;
    const [client, jobs] = turn;
    const job = jobs.shift();
    this.#waiting.delete(client);
    if (jobs.length > 0) this.#waiting.set(client, jobs);
    return job;
  }

  #settle(outcome: Rendered | RenderError): void {
    const job = this.#job;
    this.#job = undefined;
    if (outcome instanceof RenderError) job?.reject(outcome);
    else job?.resolve(outcome);
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
