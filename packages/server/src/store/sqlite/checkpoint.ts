import { type Stats, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';

export interface CheckpointOptions {
  /** Time between two looks at the size of the write-ahead log. */
  readonly intervalMs: number;
  /** Size of the log beyond which it is copied into the database in the background. */
  readonly startBytes: number;
  /**
   * Size of the log beyond which it is copied on the request thread, and begins anew: writers can outrun the background
   * copy.
   */
  readonly restartBytes: number;
  /** The most that a log which begins anew gives back at once: 66 MB take 20 ms of the commit that does. */
  readonly cutBytes: number;
}

const defaults: CheckpointOptions = {
  intervalMs: 500,
  startBytes: 4 * 1024 * 1024,
  restartBytes: 64 * 1024 * 1024,
  cutBytes: 8 * 1024 * 1024,
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
  /** When the log was last written, at the last look. */
  #lookedAtMs: number | undefined;

  constructor(database: DatabaseSync, file: string, options = defaults) {
    this.#database = database;
    this.#file = file;
    this.#options = options;
    this.#limitLog(0);
    this.#timer = setInterval(() => void this.#consider(), options.intervalMs).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#worker?.terminate();
  }

  async #consider(): Promise<void> {
    const log = this.#log();
    if (log === undefined || log.size <= this.#options.startBytes) return;
    this.#limitLog(log.size);
    if (this.#working || log.mtimeMs === this.#lookedAtMs) return;
    this.#working = true;
    this.#lookedAtMs = log.mtimeMs;
    const worker = await this.#startedWorker();
    if (!this.#closed) worker.postMessage(undefined);
  }

  /** A log that begins anew is cut to the limit at the next commit: its size tells what there is to copy. */
  #limitLog(size: number): void {
    const { startBytes, cutBytes } = this.#options;
    this.#database.exec(`PRAGMA journal_size_limit = ${Math.max(startBytes, size - cutBytes)}`);
  }

  #finished(): void {
    this.#working = false;
    if (this.#closed || (this.#log()?.size ?? 0) <= this.#options.restartBytes) return;
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // The disk is full, for example. The log still has everything; the next change tries again, and reports a failure.
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

  #log(): Stats | undefined {
    return statSync(`${this.#file}-wal`, { throwIfNoEntry: false });
  }
}
