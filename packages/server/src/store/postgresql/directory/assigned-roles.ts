import type { AssignedAccount, AssignedRole, DirectoryPage, RoleInAccount } from '../../port/directory.ts';
import { uuidBytes } from '../../sql/directory/uuid-bytes.ts';
import type { Database } from '../database.ts';
import { readStatement, type Statement } from '../statement.ts';

/** The assignments that the user $1 has, directly or through groups. */
const ASSIGNED = `
  SELECT x.account_id, x.permission_set_id FROM user_assignment x WHERE x.user_id = $1
  UNION ALL
  SELECT x.account_id, x.permission_set_id FROM membership m JOIN group_assignment x ON x.group_id = m.group_id
  WHERE m.user_id = $1`;

// Of each principal, at most a page of accounts is read, in the order of the index.
const listAccountsStatement = readStatement(
  'list_accounts',
  `SELECT ac.id, ac.name, ac.email FROM (
     SELECT account_id FROM (
       (SELECT DISTINCT x.account_id FROM user_assignment x
        WHERE x.user_id = $1 AND x.account_id > $2 ORDER BY x.account_id LIMIT $3)
       UNION ALL
       SELECT l.account_id FROM membership m CROSS JOIN LATERAL (
         SELECT DISTINCT x.account_id FROM group_assignment x
         WHERE x.group_id = m.group_id AND x.account_id > $2 ORDER BY x.account_id LIMIT $3) l
       WHERE m.user_id = $1) assigned
     GROUP BY account_id ORDER BY account_id LIMIT $3) page
   JOIN account ac ON ac.id = page.account_id ORDER BY ac.id`,
);

const listAllAccountsStatement = readStatement(
  'list_all_accounts',
  unlessMore(`
    SELECT DISTINCT account_id FROM (
      (SELECT DISTINCT x.account_id FROM user_assignment x WHERE x.user_id = $1 LIMIT $2)
      UNION ALL
      SELECT l.account_id FROM membership m CROSS JOIN LATERAL (
        SELECT DISTINCT x.account_id FROM group_assignment x WHERE x.group_id = m.group_id LIMIT $2) l
      WHERE m.user_id = $1) assigned
    LIMIT $2`),
);

const searchAllAccountsStatement = readStatement(
  'search_all_accounts',
  unlessMore(`
    SELECT ac.id AS account_id FROM account ac WHERE ${matches('$3')} LIMIT $2`),
);

const searchAccountsStatement = readStatement(
  'search_accounts',
  `SELECT ac.id, ac.name, ac.email FROM account ac
   WHERE ac.id > $2 AND ${matches('$4')}
   ORDER BY ac.id LIMIT $3`,
);

const ROLE = `
  p.id AS "permissionSetId", p.name, p.description, p.session_duration_seconds AS "sessionDurationSeconds"`;

const listRolesStatement = readStatement(
  'list_roles',
  `SELECT ${ROLE} FROM permission_set p
   WHERE p.id IN (SELECT permission_set_id FROM (${ASSIGNED}) x WHERE x.account_id = $2) AND p.name > $3
   ORDER BY p.name LIMIT $4`,
);

/** Whether a user has the permission set `p` in an account. */
export function hasRole({
  userId,
  accountId,
}: {
  readonly userId: string;
  readonly accountId: string;
}): string {
  return `(
    EXISTS (
      SELECT 1 FROM user_assignment x
      WHERE x.user_id = ${userId} AND x.account_id = ${accountId} AND x.permission_set_id = p.id) OR
    EXISTS (
      SELECT 1 FROM membership m JOIN group_assignment x ON x.group_id = m.group_id
      WHERE m.user_id = ${userId} AND x.account_id = ${accountId} AND x.permission_set_id = p.id))`;
}

const findRoleStatement = readStatement(
  'find_assigned_role',
  `SELECT ${ROLE} FROM permission_set p WHERE p.name = $3 AND ${hasRole({ userId: '$1', accountId: '$2' })}`,
);

/** Whether the user $1 has a role in the account `ac`, and its name, its id or the name of the role contains a text. */
function matches(text: string): string {
  return `EXISTS (
     SELECT 1 FROM (${ASSIGNED}) x JOIN permission_set p ON p.id = x.permission_set_id
     WHERE x.account_id = ac.id AND (
       strpos(ac.name_key, ${text}) > 0 OR strpos(ac.id, ${text}) > 0 OR strpos(p.name_key, ${text}) > 0))`;
}

/** Reads the accounts that a query finds, which ends with `LIMIT $2`, unless they are so many. */
function unlessMore(query: string): string {
  return `
    WITH ids AS MATERIALIZED (${query}), counted AS (SELECT count(*)::int AS found FROM ids)
    SELECT counted.found, ac.id, ac.name, ac.email FROM counted
    LEFT JOIN (ids JOIN account ac ON ac.id = ids.account_id) ON counted.found < $2
    ORDER BY ac.id`;
}

/** Answers which accounts and roles a user has, directly or through groups. */
export class AssignedRoles {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async listAccounts(
    userId: string,
    { after = '', limit, matching }: DirectoryPage & { readonly matching?: string },
  ): Promise<readonly AssignedAccount[]> {
    const page = [uuidBytes(userId), after, limit];
    const rows = await (matching === undefined
      ? this.#read<AccountRow>(listAccountsStatement, page)
      : this.#read<AccountRow>(searchAccountsStatement, [...page, matching]));
    return rows.map(readAccount);
  }

  async listAllAccounts(
    userId: string,
    { upTo, matching }: { readonly upTo: number; readonly matching?: string },
  ): Promise<readonly AssignedAccount[] | undefined> {
    const [id, enough] = [uuidBytes(userId), upTo + 1];
    const rows = await (matching === undefined
      ? this.#read<FoundAccountRow>(listAllAccountsStatement, [id, enough])
      : this.#read<FoundAccountRow>(searchAllAccountsStatement, [id, enough, matching]));
    if (rows.some(({ found }) => found > upTo)) return undefined;
    return rows.flatMap((row) => (row.id === null ? [] : readAccount(row)));
  }

  async listRoles(
    userId: string,
    accountId: string,
    { after = '', limit }: DirectoryPage,
  ): Promise<readonly AssignedRole[]> {
    const rows = await this.#read<RoleRow>(listRolesStatement, [uuidBytes(userId), accountId, after, limit]);
    return rows.map(readRole);
  }

  async findRole(userId: string, { accountId, roleName }: RoleInAccount): Promise<AssignedRole | undefined> {
    const [row] = await this.#read<RoleRow>(findRoleStatement, [uuidBytes(userId), accountId, roleName]);
    return row && readRole(row);
  }

  async #read<Row>(statement: Statement, values: Parameters<Database['read']>[1]): Promise<readonly Row[]> {
    return (await this.#database.read(statement, values)) as unknown as readonly Row[];
  }
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** `found` accounts are there, or more; where these are too many, or none, there is one row without an account. */
type FoundAccountRow = { readonly found: number } & (
  | AccountRow
  | { readonly id: null; readonly name: null; readonly email: null }
);

function readAccount({ id, name, email }: AccountRow): AssignedAccount {
  return { id, name, ...(email !== null && { email }) };
}

export interface RoleRow extends Omit<AssignedRole, 'description'> {
  readonly description: string | null;
}

export function readRole({
  permissionSetId,
  name,
  description,
  sessionDurationSeconds,
}: RoleRow): AssignedRole {
  return { permissionSetId, name, ...(description !== null && { description }), sessionDurationSeconds };
}
