import { adoptedVersion } from '../directory/file/adopted-version.ts';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { DeclaredEntries } from '../directory/file/declared-entries.ts';
import { type Inspection, inspectFile } from '../directory/file/inspect-file.ts';
import {
  findRevision,
  ReconcileConflict,
  type Reconciled,
  type ReconcileOptions,
  reconcileFile,
} from '../directory/file/reconcile-file.ts';
import type { FileStore } from '../directory/file/sides.ts';
import type { Checks } from './check-config.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { explainFileConflict } from './explain-file-conflict.ts';
import { type ConfigSources, type LoadedConfig, loadConfig, type TextFacts } from './load-config.ts';

/** What is known of a configuration once it was read, without its directory. */
export interface LoadedFacts {
  readonly config: Config;
  readonly digest: Uint8Array;
  readonly text?: TextFacts;
  readonly counts: { readonly [K in keyof DirectoryConfig]: number };
}

/** What a configuration would change in the directory. */
export type Findings = Omit<Inspection, 'ids' | 'conflicts'>;

export interface InspectOptions {
  readonly store: FileStore;
  readonly instanceId: string;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

export type ApplyOptions = Pick<ReconcileOptions, 'store' | 'now' | 'signal' | 'onProgress' | 'maxSteps'>;

/** The directory of a configuration that was read and checked. */
export interface ReadDirectory {
  readonly facts: LoadedFacts;
  /**
   * Compares it with the store, and changes nothing.
   *
   * @throws {ConfigError} with every entry that another source has
   * @throws the reason of the signal
   */
  inspect(options: InspectOptions): Promise<Findings>;
  /**
   * Applies it to the store with which it was compared last.
   *
   * @returns `outdated`: another process has applied a file since it was compared, or does so at the same time; it is to be
   *   compared anew
   * @throws the reason of the signal
   */
  reconcile(options: ApplyOptions): Promise<Reconciled | 'outdated'>;
  close(): Promise<void>;
}

/** The same in this thread. */
export class LoadedDirectory implements ReadDirectory {
  readonly facts: LoadedFacts;
  readonly #loaded: LoadedConfig;
  #inspected: Pick<ReconcileOptions, 'declared' | 'ids' | 'revision'> | undefined;

  constructor(loaded: LoadedConfig) {
    const { config, digest, text, directory } = loaded;
    const { users, groups, accounts, permissionSets, assignments } = directory;
    const counts = {
      users: users.length,
      groups: groups.length,
      accounts: accounts.length,
      permissionSets: permissionSets.length,
      assignments: assignments.length,
    };
    this.facts = { config, digest, ...(text !== undefined && { text }), counts };
    this.#loaded = loaded;
  }

  /** @throws {ConfigError} */
  static async load(sources: ConfigSources, checks: Checks): Promise<LoadedDirectory> {
    return new LoadedDirectory(await loadConfig(sources, checks));
  }

  async inspect(options: InspectOptions): Promise<Findings> {
    const { store } = options;
    for (;;) {
      const revision = await findRevision(store);
      const { declared, ids, conflicts, ...findings } = await this.#compare(options);
      if (conflicts.length === 0) {
        this.#inspected = { declared, ids, revision };
        return findings;
      }
      // What another process adds while it applies a file is no conflict: pages that were read before do not have it.
      if ((await findRevision(store)) !== revision) continue;
      const { problemAt } = this.#loaded;
      throw new ConfigError(
        conflicts.map((conflict) =>
          problemAt(declared.pathOf(conflict.kind, conflict.key), explainFileConflict(conflict)),
        ),
      );
    }
  }

  async #compare({ store, instanceId, signal }: InspectOptions) {
    const { directory, others } = this.#loaded;
    const declared = new DeclaredEntries(directory, instanceId, others);
    return { declared, ...(await inspectFile(store, declared, signal)) };
  }

  async reconcile(options: ApplyOptions): Promise<Reconciled | 'outdated'> {
    if (this.#inspected === undefined)
      throw new Error('Apply a directory: it was not compared with the store');
    try {
      return await reconcileFile({
        ...{ ...options, ...this.#inspected, digest: this.facts.digest },
        ...((await options.store.adoptsVersions()) && { versionOf: adoptedVersion }),
      });
    } catch (error) {
      if (error instanceof ReconcileConflict && error.conflict.kind === 'outdated') return 'outdated';
      throw error;
    }
  }

  async close(): Promise<void> {}
}
