import { setImmediate } from 'node:timers/promises';
import type {
  AccessPath,
  AssignedAccount,
  AssignedRole,
  DirectoryPage,
  DirectoryReader,
  DirectorySource,
  EntryFilter,
  EntryKind,
  EntryOf,
  ExternalId,
  RoleInAccount,
  SourceState,
  User,
  UserWithPassword,
} from '../port/directory.ts';
import {
  type ChangeOutcome,
  type DirectoryChange,
  type DirectoryWriter,
  MAX_STEPS,
} from '../port/directory-change.ts';
import type { Dialect } from './dialect.ts';
import { type Counted, type CountedKey, countAfter } from './directory/count-entries.ts';
import { applyChange } from './directory/directory-changes.ts';
import { entryTables } from './directory/entries.ts';
import { findEntry, listEntries, type NamedKind } from './directory/entry-queries.ts';
import { explainAccess } from './directory/explain-access.ts';
import { findByExternalId } from './directory/external-ids.ts';
import { listGroupNames } from './directory/group-names.ts';
import { findSource } from './directory/sources.ts';
import { findPasswordHash } from './directory/user-passwords.ts';
import { isSpentId } from './directory/user-rows.ts';
import { get, type Work } from './work.ts';

/** The directory in a SQL database: everything of it that is the same on every engine. */
export abstract class SqlDirectory implements DirectoryReader, DirectoryWriter {
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Runs work that only reads. */
  protected abstract read<T>(work: Work<T>): Promise<T>;
  /** Applies a change in a transaction: no other change of the directory goes on at the same time. */
  protected abstract change(work: () => Work<ChangeOutcome>, change: DirectoryChange): Promise<ChangeOutcome>;

  abstract findUserByName(nameKey: string): Promise<UserWithPassword | undefined>;
  abstract findUser(id: string): Promise<User | undefined>;
  abstract listAccounts(
    userId: string,
    page: DirectoryPage & { readonly matching?: string },
  ): Promise<readonly AssignedAccount[]>;
  abstract listAllAccounts(
    userId: string,
    options: { readonly upTo: number; readonly matching?: string },
  ): Promise<readonly AssignedAccount[] | undefined>;
  abstract listRoles(
    userId: string,
    accountId: string,
    page: DirectoryPage,
  ): Promise<readonly AssignedRole[]>;
  abstract findAssignedRole(userId: string, search: RoleInAccount): Promise<AssignedRole | undefined>;

  explainAccess(userId: string, accountId: string, roleName: string): Promise<readonly AccessPath[]> {
    return this.read(explainAccess(this.#dialect, { userId, accountId, roleName }));
  }

  listEntries<K extends EntryKind>(
    kind: K,
    page: DirectoryPage & { readonly source?: DirectorySource; readonly of?: EntryFilter },
  ): Promise<readonly EntryOf[K][]> {
    return this.read(listEntries(this.#dialect, kind, page));
  }

  findEntry<K extends NamedKind>(
    kind: K,
    by: { readonly id: string } | { readonly nameKey: string },
  ): Promise<EntryOf[K] | undefined> {
    return this.read(findEntry(this.#dialect, kind, by));
  }

  findExternalId<K extends 'user' | 'group'>(
    kind: K,
    externalId: ExternalId,
  ): Promise<EntryOf[K] | undefined> {
    return this.read(findByExternalId(this.#dialect, kind, externalId));
  }

  listGroupNames(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.read(listGroupNames(this.#dialect, userIds));
  }

  isSpentId(userId: string): Promise<boolean> {
    return this.read(isSpentId(userId));
  }

  findPasswordHash(userId: string): Promise<string | undefined> {
    return this.read(findPasswordHash(userId));
  }

  async countEntries(): Promise<Readonly<Record<EntryKind, number>>> {
    const counts: [EntryKind, number][] = [];
    for (const kind of Object.keys(entryTables) as EntryKind[]) {
      let count = 0;
      let after: CountedKey | undefined;
      do {
        const counted: Counted = await this.read(countAfter(kind, after));
        count += counted.count;
        after = counted.last;
        if (after !== undefined) await setImmediate();
      } while (after !== undefined);
      counts.push([kind, count]);
    }
    return Object.fromEntries(counts) as Record<EntryKind, number>;
  }

  findSource(source: DirectorySource): Promise<SourceState | undefined> {
    return this.read(findSource(source));
  }

  adoptsVersions(): Promise<boolean> {
    return this.read(adoptsVersions());
  }

  async changeDirectory(change: DirectoryChange): Promise<ChangeOutcome> {
    const { length } = change.steps;
    if (length > MAX_STEPS) {
      throw new RangeError(
        `Cannot change the directory in ${length} steps at once: at most ${MAX_STEPS} are taken`,
      );
    }
    return this.change(() => applyChange(this.#dialect, change), change);
  }
}

function* adoptsVersions(): Work<boolean> {
  return (yield* get('SELECT 1 FROM directory_state WHERE adopts_versions = 1')) !== undefined;
}
