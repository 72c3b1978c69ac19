import type { AccountWithRoles } from '../../access/assigned-accounts.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { pagesOf } from '../../control/pages.ts';
import type { EntryFilter, UserEntry } from '../../store/port/directory.ts';
import { stateOf } from '../entries/describe-entry.ts';
import { getEntry } from '../entries/find-entry.ts';
import { CommandError } from '../exit-code.ts';

/**
 * Reads the accounts and roles that are assigned to anyone, or to one person directly and through groups.
 *
 * @returns in the order of account ids and role names
 * @throws {CommandError} when the person does not exist, or may not sign in
 */
export async function readAssignedRoles(
  directory: CommandDirectory,
  userName?: string,
): Promise<readonly AccountWithRoles[]> {
  const accounts = new Map<string, { readonly name: string; readonly roles: Set<string> }>();
  const add = async (kind: 'userAssignment' | 'groupAssignment', of?: EntryFilter) => {
    for await (const page of pagesOf(directory, kind, { of })) {
      for (const { accountId, accountName, roleName } of page) {
        const account = accounts.get(accountId) ?? { name: accountName, roles: new Set() };
        accounts.set(accountId, account);
        account.roles.add(roleName);
      }
    }
  };
  if (userName === undefined) {
    await add('userAssignment');
    await add('groupAssignment');
  } else {
    const user = await getEntry(directory, 'user', userName);
    requireSignIn(user);
    const of = { userId: user.id };
    await add('userAssignment', of);
    for await (const page of pagesOf(directory, 'membership', { of })) {
      for (const { groupId } of page) await add('groupAssignment', { groupId });
    }
  }
  return [...accounts]
    .map(([id, { name, roles }]) => ({ id, name, roles: [...roles].sort().map((role) => ({ name: role })) }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** @throws {CommandError} when the person may not sign in */
function requireSignIn(user: UserEntry): void {
  const { userName } = user;
  const reasons: Readonly<Record<string, string>> = {
    blocked: `is blocked, and cannot sign in: \`latchkey user unblock ${userName}\``,
    left: `has left the source "${user.source}", and cannot sign in`,
    disabled: `is disabled, and cannot sign in: \`latchkey user enable ${userName}\``,
  };
  const reason = reasons[stateOf(user)];
  if (reason !== undefined) throw new CommandError(`User "${userName}" ${reason}`);
}
