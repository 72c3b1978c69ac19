import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DeclaredKind, DeclaredOf, IdsByKey, KeyPage } from '../directory/file/declared-entries.ts';
import type { Checks } from './check-config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { ConfigSources } from './load-config.ts';
import { LoadedDirectory, type LoadedFacts, type ReadDirectory } from './loaded-directory.ts';

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

/** What is asked of the thread. */
export type ThreadCall = { readonly id: number } & Request;
type Request =
  | { readonly method: 'load'; readonly sources: ConfigSources; readonly namedFiles: boolean }
  | { readonly method: 'declare'; readonly instanceId: string }
  | { readonly method: 'list'; readonly kind: DeclaredKind; readonly page: KeyPage }
  | { readonly method: 'useIds'; readonly ids: IdsByKey }
  | {
      readonly method: 'problemAt';
      readonly kind: DeclaredKind;
      readonly key: string;
      readonly message: string;
    };

export type ThreadReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problems: readonly ConfigProblem[] }
  | { readonly id: number; readonly error: unknown };

class DirectoryThread implements ReadDirectory {
  readonly #worker: Worker;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #failure: unknown;
  #facts: LoadedFacts | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: ThreadReply) => this.#settle(reply));
    worker.on('error', (error) => this.#fail(explain(error)));
    worker.on('exit', () => this.#fail(new Error('Read a directory: the thread has ended')));
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
    signal?.addEventListener('abort', () => {
      thread.#fail(signal.reason);
      void worker.terminate();
    });
    try {
      thread.#facts = (await thread.#call({
        method: 'load',
        sources: { ...sources, env: settingsIn(sources.env) },
        namedFiles,
      })) as LoadedFacts;
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

  async declare(instanceId: string): Promise<void> {
    await this.#call({ method: 'declare', instanceId });
  }

  async list<K extends DeclaredKind>(kind: K, page: KeyPage): Promise<readonly DeclaredOf[K][]> {
    return (await this.#call({ method: 'list', kind, page })) as readonly DeclaredOf[K][];
  }

  async useIds(ids: IdsByKey): Promise<void> {
    await this.#call({ method: 'useIds', ids });
  }

  async problemAt(kind: DeclaredKind, key: string, message: string): Promise<ConfigProblem> {
    return (await this.#call({ method: 'problemAt', kind, key, message })) as ConfigProblem;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #call(request: Request): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const call = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    this.#calls.set(this.#lastId, call);
    this.#worker.postMessage({ id: this.#lastId, ...request } satisfies ThreadCall);
    return call.promise;
  }

  #settle(reply: ThreadReply): void {
    const call = this.#calls.get(reply.id);
    this.#calls.delete(reply.id);
    if ('result' in reply) call?.resolve(reply.result);
    else call?.reject('problems' in reply ? new ConfigError(reply.problems) : reply.error);
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const { reject } of this.#calls.values()) reject(this.#failure);
    this.#calls.clear();
  }
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
