import type { DirectoryConfig } from '../directory/file/declaration.ts';
import {
  type Declared,
  DeclaredEntries,
  type DeclaredKind,
  type DeclaredOf,
  type IdsByKey,
  type KeyPage,
} from '../directory/file/declared-entries.ts';
import type { Checks } from './check-config.ts';
import type { Config } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { type ConfigSources, type LoadedConfig, loadConfig, type TextFacts } from './load-config.ts';

/** What is known of a configuration once it was read, without its directory. */
export interface LoadedFacts {
  readonly config: Config;
  readonly digest: Uint8Array;
  readonly text?: TextFacts;
  readonly counts: { readonly [K in keyof DirectoryConfig]: number };
}

/** The directory of a configuration that was read and checked. */
export interface ReadDirectory extends Declared {
  readonly facts: LoadedFacts;
  /** Says of which instance it is. To be called first. */
  declare(instanceId: string): Promise<void>;
  /** @returns a problem with an entry, and its place */
  problemAt(kind: DeclaredKind, key: string, message: string): Promise<ConfigProblem>;
  close(): Promise<void>;
}

/** The same in this thread. */
export class LoadedDirectory implements ReadDirectory {
  readonly facts: LoadedFacts;
  readonly #loaded: LoadedConfig;
  #entries: DeclaredEntries | undefined;

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

  async declare(instanceId: string): Promise<void> {
    const { directory, others } = this.#loaded;
    this.#entries = new DeclaredEntries(directory, instanceId, others);
  }

  list<K extends DeclaredKind>(kind: K, page: KeyPage): Promise<readonly DeclaredOf[K][]> {
    return this.#declared.list(kind, page);
  }

  useIds(ids: IdsByKey): Promise<void> {
    return this.#declared.useIds(ids);
  }

  async problemAt(kind: DeclaredKind, key: string, message: string): Promise<ConfigProblem> {
    return this.#loaded.problemAt(this.#declared.pathOf(kind, key), message);
  }

  async close(): Promise<void> {}

  get #declared(): DeclaredEntries {
    if (this.#entries === undefined) throw new Error('Read a directory: it is of no instance yet');
    return this.#entries;
  }
}
