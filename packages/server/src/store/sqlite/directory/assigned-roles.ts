import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AssignedAccount, AssignedRole, DirectoryPage, RoleInAccount } from '../../port/directory.ts';
import { uuidBytes } from '../../sql/directory/uuid-bytes.ts';
import { AccountSearch } from './account-search.ts';

/** Before every account id. */
const FIRST = '';
/** After every account id. */
const LAST = ':';

/** Answers which accounts and roles a user has, directly or through groups. */
export class AssignedRoles {
  readonly #groups: StatementSync;
  readonly #accountsOfUser: StatementSync;
  readonly #accountsOfGroup: StatementSync;
  readonly #account: StatementSync;
  readonly #roles: StatementSync;
  readonly #role: StatementSync;
  readonly #search: AccountSearch;

  constructor(database: DatabaseSync) {
    this.#groups = database.prepare('SELECT group_id FROM membership WHERE user_id = ?');
    this.#accountsOfUser = database.prepare(accountsOf('user'));
    this.#accountsOfGroup = database.prepare(accountsOf('group'));
    this.#account = database.prepare('SELECT id, name, email FROM account WHERE id = ?');
    this.#roles = database.prepare(`
      SELECT ${ROLE} FROM permission_set p
      WHERE p.id IN (${PERMISSION_SETS}) AND p.name > ?3 ORDER BY p.name LIMIT ?4`);
    this.#role = database.prepare(`
      SELECT ${ROLE} FROM permission_set p
      WHERE p.name = ?3 AND (
        EXISTS (
          SELECT 1 FROM user_assignment WHERE user_id = ?1 AND account_id = ?2 AND permission_set_id = p.id) OR
        EXISTS (
          SELECT 1 FROM membership m CROSS JOIN group_assignment x ON x.group_id = m.group_id
          WHERE m.user_id = ?1 AND x.account_id = ?2 AND x.permission_set_id = p.id))`);
    this.#search = new AccountSearch(database);
    const inArrays = [this.#groups, this.#accountsOfUser, this.#accountsOfGroup, this.#roles, this.#role];
    for (const statement of inArrays) statement.setReturnArrays(true);
  }

  async listAccounts(
    userId: string,
    { after = FIRST, limit, matching }: DirectoryPage & { readonly matching?: string },
  ): Promise<readonly AssignedAccount[]> {
    const ids =
      matching === undefined
        ? this.#listAccountIds(userId, after, limit)
        : await this.#search.find(userId, { after, limit, matching });
    return ids.flatMap((id) => this.#findAccount(id) ?? []);
  }

  async listAllAccounts(
    userId: string,
    { upTo, matching }: { readonly upTo: number; readonly matching?: string },
  ): Promise<readonly AssignedAccount[] | undefined> {
    const ids =
      matching === undefined
        ? this.#collectAccountIds(userId, upTo + 1)
        : await this.#search.find(userId, { after: FIRST, limit: upTo + 1, matching });
    return ids.length > upTo ? undefined : ids.flatMap((id) => this.#findAccount(id) ?? []);
  }

  /** Collects ids of accounts of one principal after the other, until there are so many; all of them are in order. */
  #collectAccountIds(userId: string, enough: number): readonly string[] {
    const id = uuidBytes(userId);
    const found = new Set<string>();
    const collect = (statement: StatementSync, principalId: Uint8Array | null) => {
      const ids = statement.all(principalId, FIRST, LAST, enough) as unknown as [string][];
      for (const [accountId] of ids) found.add(accountId);
    };
    collect(this.#accountsOfUser, id);
    if (found.size < enough) {
      const groups = this.#groups.all(id) as unknown as [Uint8Array][];
      for (const [groupId] of groups) {
        collect(this.#accountsOfGroup, groupId);
        if (found.size >= enough) break;
      }
    }
    return [...found].sort();
  }

  /**
   * Asks for the accounts of each principal by itself, and merges them here: of each, only as far as the page goes that was
   * found so far.
   */
  #listAccountIds(userId: string, after: string, limit: number): readonly string[] {
    const id = uuidBytes(userId);
    let page: readonly string[] = [];
    const merge = (statement: StatementSync, principalId: Uint8Array | null) => {
      const last = page.length < limit ? LAST : page[limit - 1]!;
      const ids = statement.all(principalId, after, last, limit) as unknown as [string][];
      if (ids.length > 0) page = firstOf(page, ids.flat(), limit);
    };
    merge(this.#accountsOfUser, id);
    const groups = this.#groups.all(id) as unknown as [Uint8Array][];
    for (const [groupId] of groups) merge(this.#accountsOfGroup, groupId);
    return page;
  }

  listRoles(
    userId: string,
    accountId: string,
    { after = '', limit }: DirectoryPage,
  ): readonly AssignedRole[] {
    const rows = this.#roles.all(uuidBytes(userId), accountId, after, limit);
    return (rows as unknown as RoleRow[]).map(readRole);
  }

  findRole(userId: string, { accountId, roleName }: RoleInAccount): AssignedRole | undefined {
    const row = this.#role.get(uuidBytes(userId), accountId, roleName) as unknown as RoleRow | undefined;
    return row && readRole(row);
  }

  /** An account that was removed while a search went on is not there any more. */
  #findAccount(accountId: string): AssignedAccount | undefined {
    const row = this.#account.get(accountId) as AccountRow | undefined;
    return row && { id: row.id, name: row.name, ...(row.email !== null && { email: row.email }) };
  }
}

function accountsOf(principal: 'user' | 'group'): string {
  return `
    SELECT DISTINCT account_id FROM ${principal}_assignment
    WHERE ${principal}_id = ? AND account_id > ? AND account_id <= ? ORDER BY account_id LIMIT ?`;
}

/** The permission sets that the user ?1 has in the account ?2. */
const PERMISSION_SETS = `
  SELECT permission_set_id FROM user_assignment WHERE user_id = ?1 AND account_id = ?2
  UNION ALL
  SELECT permission_set_id FROM membership m CROSS JOIN group_assignment x ON x.group_id = m.group_id
  WHERE m.user_id = ?1 AND x.account_id = ?2`;

const ROLE = 'p.id, p.name, p.description, p.session_duration_seconds';

/** Merges two rising lists of ids, without repeating one. */
function firstOf(left: readonly string[], right: readonly string[], limit: number): readonly string[] {
  if (left.length === 0) return right;
  const merged: string[] = [];
  for (let l = 0, r = 0; merged.length < limit && (l < left.length || r < right.length); ) {
    const a = left[l] ?? LAST;
    const b = right[r] ?? LAST;
    merged.push(a < b ? a : b);
    if (a <= b) l += 1;
    if (b <= a) r += 1;
  }
  return merged;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

type RoleRow = readonly [
  permissionSetId: string,
  name: string,
  description: string | null,
  sessionDurationSeconds: number,
];

function readRole([permissionSetId, name, description, sessionDurationSeconds]: RoleRow): AssignedRole {
  return { permissionSetId, name, ...(description !== null && { description }), sessionDurationSeconds };
}
