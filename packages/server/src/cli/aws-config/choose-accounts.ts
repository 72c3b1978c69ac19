import type { AccountWithRoles } from '../../access/assigned-accounts.ts';
import { renderHint } from '../../config/near-match.ts';
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
 * @param accounts - what is assigned to anyone, or to the user of the options
 * @throws {CommandError} when there is no such role
 */
export function chooseAccounts(
  accounts: readonly AccountWithRoles[],
  choice: Choice,
): readonly AccountWithRoles[] {
  if (accounts.length === 0) {
    const whom = choice.user === undefined ? 'anyone yet' : `"${choice.user}"`;
    throw new CommandError(
      `No role is assigned to ${whom}: write assignments into the configuration, or use \`latchkey assign add\``,
    );
  }
  const { account, role, profile } = choice;
  if (account === undefined && role === undefined && profile === undefined) return accounts;
  return [chooseRole(accounts, choice)];
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
