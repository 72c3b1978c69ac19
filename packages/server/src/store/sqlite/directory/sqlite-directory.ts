import type { DatabaseSync } from 'node:sqlite';
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
  SourceState,
  User,
  UserWithPassword,
} from '../../port/directory.ts';
import {
  type ChangeOutcome,
  type DirectoryChange,
  type DirectoryWriter,
  MAX_STEPS,
  type StepResult,
} from '../../port/directory-change.ts';
import type { GroupCommit } from '../group-commit.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import { AssignedRoles } from './assigned-roles.ts';
import { applyChange } from './directory-changes.ts';
import { entryTables } from './entries.ts';
import { findEntry, listEntries, type NamedKind } from './entry-queries.ts';
import { explainAccess } from './explain-access.ts';
import { findByExternalId } from './external-ids.ts';
import { listGroupNames } from './group-names.ts';
import { People } from './people.ts';
import { findPasswordHash } from './user-passwords.ts';
import { isSpentId } from './user-rows.ts';

/** The directory in a SQLite file. */
export class SqliteDirectory implements DirectoryReader, DirectoryWriter {
  readonly #commits: GroupCommit;
  readonly #statements: PreparedStatements;
  readonly #people: People;
  readonly #roles: AssignedRoles;

  /**
   * @param commits - of the same database
   * @param people - of the same database. Default: they remember nobody, as other processes may change it
   */
  constructor(database: DatabaseSync, commits: GroupCommit, people = new People(database, 0)) {
    this.#commits = commits;
    this.#statements = new PreparedStatements(database);
    this.#people = people;
    this.#roles = new AssignedRoles(database);
  }

  async findUserByName(nameKey: string): Promise<UserWithPassword | undefined> {
    return this.#people.findByName(nameKey);
  }

  async findUser(id: string): Promise<User | undefined> {
    return this.#people.find(id);
  }

  listAccounts(
    userId: string,
    page: DirectoryPage & { readonly matching?: string },
  ): Promise<readonly AssignedAccount[]> {
    return this.#roles.listAccounts(userId, page);
  }

  async listRoles(userId: string, accountId: string, page: DirectoryPage): Promise<readonly AssignedRole[]> {
    return this.#roles.listRoles(userId, accountId, page);
  }

  async findAssignedRole(
    userId: string,
    accountId: string,
    roleName: string,
  ): Promise<AssignedRole | undefined> {
    return this.#roles.findRole(userId, accountId, roleName);
  }

  async explainAccess(userId: string, accountId: string, roleName: string): Promise<readonly AccessPath[]> {
    return explainAccess(this.#statements, { userId, accountId, roleName });
  }

  async listEntries<K extends EntryKind>(
    kind: K,
    page: DirectoryPage & { readonly source?: DirectorySource; readonly of?: EntryFilter },
  ): Promise<readonly EntryOf[K][]> {
    return listEntries(this.#statements, kind, page);
  }

  async findEntry<K extends NamedKind>(
    kind: K,
    by: { readonly id: string } | { readonly nameKey: string },
  ): Promise<EntryOf[K] | undefined> {
    return findEntry(this.#statements, kind, by);
  }

  async findExternalId<K extends 'user' | 'group'>(
    kind: K,
    externalId: ExternalId,
  ): Promise<EntryOf[K] | undefined> {
    return findByExternalId(this.#statements, kind, externalId);
  }

  async listGroupNames(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return listGroupNames(this.#statements, userIds);
  }

  async isSpentId(userId: string): Promise<boolean> {
    return isSpentId(this.#statements, userId);
  }

  async findPasswordHash(userId: string): Promise<string | undefined> {
    return findPasswordHash(this.#statements, userId);
  }

  async countEntries(): Promise<Readonly<Record<EntryKind, number>>> {
    const counts = Object.entries(entryTables).map(([kind, { table }]) => {
      const row = this.#statements.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`);
      return [kind, row?.count];
    });
    return Object.fromEntries(counts) as Record<EntryKind, number>;
  }

  async findSource(source: DirectorySource): Promise<SourceState | undefined> {
    const row = this.#statements.get<{
      readonly revision: number;
      readonly digest: Uint8Array | null;
      readonly appliedAtMs: number | null;
    }>(
      'SELECT revision, digest, applied_at_ms AS appliedAtMs FROM directory_source WHERE name = ? AND revision > 0',
      source,
    );
    if (row === undefined) return undefined;
    const { revision, digest, appliedAtMs } = row;
    return { revision, ...(digest !== null && appliedAtMs !== null && { digest, appliedAtMs }) };
  }

  async adoptsVersions(): Promise<boolean> {
    const row = this.#statements.get<{ adopts: 0 | 1 }>(
      'SELECT adopts_versions AS adopts FROM directory_state',
    );
    return row?.adopts === 1;
  }

  async changeDirectory(change: DirectoryChange): Promise<ChangeOutcome> {
    const { length } = change.steps;
    if (length > MAX_STEPS) {
      throw new RangeError(
        `Cannot change the directory in ${length} steps at once: at most ${MAX_STEPS} are taken`,
      );
    }
    try {
      const outcome = await this.#commits.change(() => applyChange(this.#statements, change));
      if (outcome.kind === 'changed') this.#forgetChanged(change, outcome.results);
      return outcome;
    } catch (error) {
      this.#people.forgetAll();
      throw error;
    }
  }

  /** Forgets whoever a change may be about; an id of another kind is nobody's. */
  #forgetChanged({ steps }: DirectoryChange, results: readonly StepResult[]): void {
    for (const [index, step] of steps.entries()) {
      const ids = [
        'userId' in step && step.userId,
        'id' in step && step.id,
        step.kind === 'letGo' && step.entry.id,
        results[index]?.id,
      ];
      for (const id of ids) if (typeof id === 'string') this.#people.forget(id);
    }
  }
}
