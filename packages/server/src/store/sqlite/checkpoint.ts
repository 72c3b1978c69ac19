import { statSync } from 'node:fs';
import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';

export interface CheckpointOptions {
  /** Between two looks at the log. */
  readonly intervalMs: number;
  /** From here on the log is copied into the database in the background. */
  readonly startBytes: number;
  /** Writers can outrun the background copy; from here on the rest is copied on the spot, and the log begins anew. */
  readonly restartBytes: number;
}

const defaults: CheckpointOptions = {
  intervalMs: 500,
  startBytes: 4 * 1024 * 1024,
  restartBytes: 64 * 1024 * 1024,
};

/**
 * Copies the write-ahead log into the database off the request thread, as SQLite's own automatic checkpoints would stall
 * the commit that happens to trigger them by 10 to 20 ms.
 */
export class Checkpointer {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #options: CheckpointOptions;
  readonly #timer: NodeJS.Timeout;
  #worker: Worker | undefined;
  #working = false;
  #closed = false;

  constructor(database: DatabaseSync, file: string, options = defaults) {
    this.#database = database;
    this.#file = file;
    this.#options = options;
    this.#timer = setInterval(() => void this.#consider(), options.intervalMs).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#worker?.terminate();
  }

  async #consider(): Promise<void> {
    if (this.#working || this.#logBytes() < this.#options.startBytes) return;
    this.#working = true;
    const worker = await this.#startedWorker();
    if (!this.#closed) worker.postMessage(undefined);
  }

  #finished(): void {
    this.#working = false;
    if (this.#closed || this.#logBytes() <= this.#options.restartBytes) return;
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // On a full disk, say. The log still has everything, and whoever writes is told; the next look tries again.
    }
  }

  /** The worker costs some megabytes, so it is started when there is first something to do. */
  async #startedWorker(): Promise<Worker> {
    if (this.#worker === undefined) {
      const { Worker } = await import('node:worker_threads');
      const script = new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url);
      this.#worker = new Worker(script, { workerData: this.#file });
      this.#worker.unref();
      this.#worker.on('message', () => this.#finished());
      this.#worker.on('error', () => {
        this.#worker = undefined;
        this.#finished();
      });
    }
    return this.#worker;
  }

  #logBytes(): number {
    return statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
