import type {
  AssignedAccount,
  AssignedRole,
  DirectoryPage,
  RoleInAccount,
  User,
  UserWithPassword,
} from '../../port/directory.ts';
import type { ChangeOutcome, DirectoryChange } from '../../port/directory-change.ts';
import { SqlDirectory } from '../../sql/sql-directory.ts';
import { all, type Work } from '../../sql/work.ts';
import type { Database } from '../database.ts';
import { postgresqlDialect } from '../postgresql-dialect.ts';
import { AssignedRoles } from './assigned-roles.ts';
import { findPerson, findPersonByName } from './people.ts';

/** The directory in a PostgreSQL database, which other processes change at the same time. */
export class PostgresqlDirectory extends SqlDirectory {
  readonly #database: Database;
  readonly #roles: AssignedRoles;

  constructor(database: Database) {
    super(postgresqlDialect);
    this.#database = database;
    this.#roles = new AssignedRoles(database);
  }

  findUserByName(nameKey: string): Promise<UserWithPassword | undefined> {
    return findPersonByName(this.#database, nameKey);
  }

  findUser(id: string): Promise<User | undefined> {
    return findPerson(this.#database, id);
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

  listRoles(userId: string, accountId: string, page: DirectoryPage): Promise<readonly AssignedRole[]> {
    return this.#roles.listRoles(userId, accountId, page);
  }

  findAssignedRole(userId: string, search: RoleInAccount): Promise<AssignedRole | undefined> {
    return this.#roles.findRole(userId, search);
  }

  protected override read<T>(work: Work<T>): Promise<T> {
    return this.#database.perform(work);
  }

  /** A change with an id finds out by itself that it happened before: it may be repeated. */
  protected override change(
    work: () => Work<ChangeOutcome>,
    { id }: DirectoryChange,
  ): Promise<ChangeOutcome> {
    return this.#database.transaction(() => alone(work()), id === undefined ? 'giveUp' : 'repeat');
  }
}

/**
 * Does work on the directory while nobody else does: the steps of a change look before they write, and what they saw must hold
 * until the commit.
 */
export function* alone<T>(work: Work<T>): Work<T> {
  yield* all('SELECT one FROM directory_state FOR UPDATE');
  return yield* work;
}
