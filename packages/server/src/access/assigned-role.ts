import type { Context } from '../context.ts';
import type { PermissionSetConfig, User } from '../people/directory.ts';

/** The permission set with this name that a user has in an account; `undefined` when there is none, or it is not assigned. */
export function findAssignedRole(
  { directory }: Pick<Context, 'directory'>,
  user: User,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
): PermissionSetConfig | undefined {
  const account = directory.accountsOf(user).find(({ id }) => id === accountId);
  return account?.roles.find(({ name }) => name === roleName);
}
