import type { DatabaseSync } from 'node:sqlite';
import type {
  AssignedAccount,
  AssignedRole,
  DirectoryPage,
  RoleInAccount,
  User,
  UserWithPassword,
} from '../../port/directory.ts';
import type { ChangeOutcome, DirectoryChange, StepResult } from '../../port/directory-change.ts';
import { SqlDirectory } from '../../sql/sql-directory.ts';
import type { Work } from '../../sql/work.ts';
import type { GroupCommit } from '../group-commit.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import { sqliteDialect } from '../sqlite-dialect.ts';
import { AssignedRoles } from './assigned-roles.ts';
import { People } from './people.ts';

/** The directory in a SQLite file. */
export class SqliteDirectory extends SqlDirectory {
  readonly #commits: GroupCommit;
  readonly #statements: PreparedStatements;
  readonly #people: People;
  readonly #roles: AssignedRoles;

  /**
   * @param commits - of the same database
   * @param people - of the same database. Default: they remember nobody, as other processes may change it
   */
  constructor(database: DatabaseSync, commits: GroupCommit, people = new People(database, 0)) {
    super(sqliteDialect);
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

  listAllAccounts(
    userId: string,
    options: { readonly upTo: number; readonly matching?: string },
  ): Promise<readonly AssignedAccount[] | undefined> {
    return this.#roles.listAllAccounts(userId, options);
  }

  async listRoles(userId: string, accountId: string, page: DirectoryPage): Promise<readonly AssignedRole[]> {
    return this.#roles.listRoles(userId, accountId, page);
  }

  async findAssignedRole(userId: string, search: RoleInAccount): Promise<AssignedRole | undefined> {
    return this.findRole(userId, search);
  }

  protected findRole(userId: string, search: RoleInAccount): AssignedRole | undefined {
    return this.#roles.findRole(userId, search);
  }

  protected override async read<T>(work: Work<T>): Promise<T> {
    return this.#statements.perform(work);
  }

  protected override async change(
    work: () => Work<ChangeOutcome>,
    change: DirectoryChange,
  ): Promise<ChangeOutcome> {
    try {
      const outcome = await this.#commits.change(() => this.#statements.perform(work()));
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
