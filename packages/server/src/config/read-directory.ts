import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Reconciled } from '../directory/file/reconcile-file.ts';
import type { DirectoryChange } from '../store/port/directory-change.ts';
import type { Checks } from './check-config.ts';
import { ConfigError } from './config-error.ts';
import type { ConfigSources } from './load-config.ts';
import {
  type ApplyOptions,
  type Findings,
  type InspectOptions,
  LoadedDirectory,
  type LoadedFacts,
  type ReadDirectory,
} from './loaded-directory.ts';
import { ThreadCalls, type ThreadMethods } from './thread-calls.ts';

/** A file of this size, some 150 people, is parsed within 20 ms: a thread would take longer to start. */
export const MAX_BYTES_HERE = 32 * 1024;
/** Heap of the thread. 100,000 people take half of it. */
const HEAP_MIB = 400;
/** Heap for each MiB of a file that may have to be parsed as a whole, and the largest such file. */
const WHOLE_HEAP_MIB = 150;
const MAX_WHOLE_MIB = 10;

export interface ReadOptions extends Pick<Checks, 'namedFiles'> {
  /** Ends the reading, and what was read. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a configuration and checks it: a large one in a thread, so that nobody waits for it.
 *
 * @throws {ConfigError} with every problem found
 * @throws the reason of the signal
 */
export async function readDirectory(sources: ConfigSources, options: ReadOptions): Promise<ReadDirectory> {
  const { signal, ...checks } = options;
  const bytes = sources.file === undefined ? 0 : ((await sizeOf(sources.file)) ?? 0);
  signal?.throwIfAborted();
  if (bytes <= MAX_BYTES_HERE) return LoadedDirectory.load(sources, checks);
  return DirectoryThread.load(sources, bytes, options);
}

/** What the thread answers. */
export interface ReadingThread extends ThreadMethods {
  load(sources: ConfigSources, checks: Pick<Checks, 'namedFiles'>): Promise<LoadedFacts>;
  inspect(options: { readonly databaseFile?: string; readonly instanceId: string }): Promise<Findings>;
  reconcile(options: Pick<ApplyOptions, 'maxSteps'>): Promise<Reconciled | 'outdated'>;
}

/** What the thread asks: a method of the store, with its arguments. */
export const ASK_STORE = 'askStore';

type AskStore = (method: string, args: readonly unknown[]) => Promise<unknown>;

class DirectoryThread implements ReadDirectory {
  readonly #worker: Worker;
  readonly #calls: ThreadCalls;
  #facts: LoadedFacts | undefined;
  #storeFailure: { readonly error: unknown } | undefined;
  /** Answers what the thread asks of the store. */
  #askStore: AskStore = () => Promise.reject(new Error('Read a directory: the store is not to be asked yet'));

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#calls = new ThreadCalls(worker, {
      [ASK_STORE]: (method: string, args: readonly unknown[]) => this.#askStore(method, args),
    });
    worker.on('error', (error) => this.#calls.fail(explain(error)));
    worker.on('exit', () => this.#calls.fail(new Error('Read a directory: the thread has ended')));
  }

  static async load(
    sources: ConfigSources,
    bytes: number,
    { namedFiles, signal }: ReadOptions,
  ): Promise<DirectoryThread> {
    const script = new URL(`./read-directory-worker${extname(import.meta.url)}`, import.meta.url);
    const mib = bytes / 1024 / 1024;
    const whole = mib > MAX_WHOLE_MIB ? 0 : mib * WHOLE_HEAP_MIB;
    const worker = new Worker(script, {
      // Node would write a warning about its type stripping to standard error, between the lines of the log.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(HEAP_MIB + whole) },
    });
    const thread = new DirectoryThread(worker);
    try {
      thread.#stopBy(signal);
      thread.#facts = await thread.#call(
        'load',
        { ...sources, env: settingsIn(sources.env) },
        { namedFiles },
      );
    } catch (error) {
      await thread.close();
      throw error;
    }
    return thread;
  }

  get facts(): LoadedFacts {
    if (this.#facts === undefined) throw new Error('Read a directory: nothing was loaded');
    return this.#facts;
  }

  async inspect({ store, instanceId, signal }: InspectOptions): Promise<Findings> {
    this.#stopBy(signal);
    this.#askStore = this.#keepingFailure((method, args) => callStore(store, method, args));
    const { databaseFile } = store;
    return this.#call('inspect', { instanceId, ...(databaseFile !== undefined && { databaseFile }) });
  }

  /** The thread finds the differences, this one makes the changes. */
  async reconcile({
    store,
    now,
    signal,
    onProgress,
    maxSteps,
  }: ApplyOptions): Promise<Reconciled | 'outdated'> {
    this.#stopBy(signal);
    let differences = 0;
    let last: Promise<unknown> = Promise.resolve();
    const change = async (asked: DirectoryChange) => {
      signal?.throwIfAborted();
      const outcome = await store.changeDirectory({ ...asked, nowMs: now() });
      if (outcome.kind !== 'changed') return outcome;
      differences += asked.steps.length;
      onProgress?.(differences);
      return outcome;
    };
    this.#askStore = this.#keepingFailure((method, args) => {
      last =
        method === 'changeDirectory' ? change(args[0] as DirectoryChange) : callStore(store, method, args);
      return last;
    });
    try {
      return await this.#call('reconcile', maxSteps === undefined ? {} : { maxSteps });
    } finally {
      // Whoever stops the thread may apply another file next.
      await last.catch(() => {});
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** A failure of the store that comes back by the thread is a copy, which no class tells from others. */
  #keepingFailure(ask: AskStore): AskStore {
    this.#storeFailure = undefined;
    return async (method, args) => {
      try {
        return await ask(method, args);
      } catch (error) {
        this.#storeFailure ??= { error };
        throw error;
      }
    };
  }

  #stopBy(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => {
      this.#calls.fail(signal.reason);
      void this.#worker.terminate();
    });
  }

  #call<Method extends 'load' | 'inspect' | 'reconcile'>(
    method: Method,
    ...args: Parameters<ReadingThread[Method]>
  ): ReturnType<ReadingThread[Method]> {
    const answer = this.#calls.call(method, ...args).catch((error: unknown) => {
      throw this.#storeFailure === undefined ? error : this.#storeFailure.error;
    });
    return answer as ReturnType<ReadingThread[Method]>;
  }
}

function callStore(store: object, method: string, args: readonly unknown[]): Promise<unknown> {
  return Reflect.get(store, method).apply(store, args);
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')) return error;
  const message =
    'takes too much memory: write the lists of the directory as block lists (- userName: …), without brackets, anchors, aliases and tags';
  return new ConfigError([{ source: 'The configuration file', message }]);
}

/** The variables that are settings: the environment may have much more in it. */
function settingsIn(env: ConfigSources['env']): ConfigSources['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('LATCHKEY_')));
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
