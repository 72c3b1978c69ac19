import { readAccountsWithRoles } from '../../access/accounts-of-user.ts';
import { type AccountWithRoles, listAssignedAccounts } from '../../access/assigned-accounts.ts';
import { renderHint } from '../../config/near-match.ts';
import { applyDeclaration } from '../../directory/file/apply-declaration.ts';
import type { DirectoryConfig } from '../../directory/file/declaration.ts';
import { nameKey } from '../../directory/name-key.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { CommandError } from '../exit-code.ts';

/** The options that say which of the assigned roles get a profile. */
export interface Choice {
  /** User name: only what is assigned to this person. */
  readonly user?: string;
  readonly account?: string;
  readonly role?: string;
  /** Name of the profile. It makes the block one profile, as `account` and `role` do. */
  readonly profile?: string;
}

/**
 * Chooses the accounts and roles that get profiles: all that are assigned, or the one that the options name.
 *
 * @throws {CommandError} when there is no such role
 */
export async function chooseAccounts(
  directory: DirectoryConfig,
  instanceId: string,
  choice: Choice,
): Promise<readonly AccountWithRoles[]> {
  const accounts =
    choice.user === undefined
      ? listAssignedAccounts(directory)
      : await accountsOf(directory, instanceId, choice.user);
  if (accounts.length === 0) {
    const whom = choice.user === undefined ? 'anyone yet' : `"${choice.user}"`;
    throw new CommandError(`No role is assigned to ${whom}: write assignments into the configuration`);
  }
  const { account, role, profile } = choice;
  if (account === undefined && role === undefined && profile === undefined) return accounts;
  return [chooseRole(accounts, choice)];
}

/**
 * The accounts and roles that are assigned to one user.
 *
 * @throws {CommandError} when the user does not exist, or may not sign in
 */
async function accountsOf(
  directory: DirectoryConfig,
  instanceId: string,
  userName: string,
): Promise<readonly AccountWithRoles[]> {
  const store = openSqliteStore(':memory:');
  await applyDeclaration(store, directory, { instanceId, now: Date.now });
  const user = await store.findUserByName(nameKey(userName));
  if (user !== undefined) return Array.fromAsync(readAccountsWithRoles(store, user.id));
  const known = directory.users.map((each) => each.userName);
  const isDisabled = known.some((each) => nameKey(each) === nameKey(userName));
  throw new CommandError(
    isDisabled
      ? `User "${userName}" is disabled, and cannot sign in: \`latchkey user enable ${userName}\``
      : `There is no user "${userName}"${renderHint(userName, known)}`,
  );
}

/** Finds the account and role that the options name. Default: the first that is assigned. */
function chooseRole(
  accounts: readonly AccountWithRoles[],
  { account: accountId, role: roleName }: Choice,
): AccountWithRoles {
  const account = accountId === undefined ? accounts[0] : accounts.find(({ id }) => id === accountId);
  if (account === undefined) {
    const hint = renderHint(
      accountId ?? '',
      accounts.map(({ id }) => id),
    );
    throw new CommandError(`Nothing is assigned in an account "${accountId}"${hint}`);
  }
  const role =
    roleName === undefined ? account.roles[0] : account.roles.find(({ name }) => name === roleName);
  if (role === undefined) {
    const hint = renderHint(
      roleName ?? '',
      account.roles.map(({ name }) => name),
    );
    throw new CommandError(`No role "${roleName}" is assigned in account ${account.id}${hint}`);
  }
  return { ...account, roles: [role] };
}
