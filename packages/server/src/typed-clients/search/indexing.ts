import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { IndexFailure, IndexProgress } from './index-services.ts';

/** The models are looked at again when the last look is older than this. */
const LOOK_AGAIN_AFTER_MS = 5 * 60_000;
const MAX_HEAP_MIB = 256;
/** An index of so few services is made while a search waits. */
const FEW_SERVICES = 16;

export interface IndexingSettings {
  /** Directories of models, besides Latchkey's own. */
  readonly models: readonly string[];
  /** Path of the file. */
  readonly searchIndex: string;
}

/** What the thread sends. */
export type IndexingMessage = { readonly progress: IndexProgress } | { readonly failure: IndexFailure };

/** Keeps the search index up to date, in a thread that lives while there is something to do. */
export class Indexing {
  readonly #settings: IndexingSettings;
  readonly #warn: (message: string) => void;
  #worker: Worker | undefined;
  #ended: Promise<void> = Promise.resolve();
  #lookedAtMs: number | undefined;
  #isClosed = false;
  /** Resolves once it is known how many services there are, or the thread has ended. */
  #counted: Promise<number> = Promise.resolve(0);

  /** @param warn - writes a warning to the log */
  constructor(settings: IndexingSettings, warn: (message: string) => void) {
    this.#settings = settings;
    this.#warn = warn;
  }

  /** Looks for models that are new or have changed, unless it has just done so. */
  keepUpToDate(nowMs: number): void {
    const isRecent =
      this.#lookedAtMs !== undefined &&
      nowMs >= this.#lookedAtMs &&
      nowMs < this.#lookedAtMs + LOOK_AGAIN_AFTER_MS;
    if (isRecent || this.#worker !== undefined || this.#isClosed) return;
    this.#lookedAtMs = nowMs;
    this.#start();
  }

  /** Looks at the models again with the next call of `keepUpToDate`. */
  expire(): void {
    this.#lookedAtMs = undefined;
  }

  /** Waits for the index where it is made in a moment; a large one is searched while it grows. */
  async ready(): Promise<void> {
    if ((await this.#counted) <= FEW_SERVICES) await this.#ended;
  }

  /** Ends the thread. Later calls of `keepUpToDate` start none: a request may still arrive while the server stops. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
    await this.#ended;
  }

  #start(): void {
    const script = new URL(`./index-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(script, {
      workerData: this.#settings,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
    });
    worker.unref();
    this.#worker = worker;
    const counted = Promise.withResolvers<number>();
    this.#counted = counted.promise;
    worker.on('message', (message: IndexingMessage) => {
      if ('progress' in message) counted.resolve(message.progress.total);
      else this.#warn(`The search has nothing of ${message.failure.moduleName}: ${message.failure.message}`);
    });
    worker.on('error', (error) => {
      this.#warn(`The search index ${this.#settings.searchIndex} could not be made: ${error.message}`);
    });
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#worker = undefined;
        counted.resolve(0);
        resolve();
      });
    });
  }
}
