import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { nameKey } from '../directory/name-key.ts';

/** What a change of the directory takes from a user. */
export interface LostAccess {
  readonly userName: string;
  /**
   * `user`: disabled, or not there any more. `password`: removed, or another one, which ends all sessions. `roles`: all of
   * them, in every account.
   */
  readonly lost: 'user' | 'password' | 'roles';
}

/** The users whose access a change of the directory ends, in the order of the directory before. */
export function lostAccess(before: DirectoryConfig, after: DirectoryConfig): LostAccess[] {
  const now = new Map(enabledUsers(after).map((user) => [nameKey(user.userName), user]));
  const hadRoles = usersWithRoles(before);
  const hasRoles = usersWithRoles(after);
  return enabledUsers(before).flatMap(({ userName, passwordHash }): LostAccess[] => {
    const name = nameKey(userName);
    const user = now.get(name);
    if (user === undefined) return [{ userName, lost: 'user' }];
    if (passwordHash !== undefined && user.passwordHash !== passwordHash)
      return [{ userName, lost: 'password' }];
    return hadRoles.has(name) && !hasRoles.has(name) ? [{ userName, lost: 'roles' }] : [];
  });
}

export function enabledUsers({ users }: DirectoryConfig): DirectoryConfig['users'] {
  return users.filter(({ disabled }) => !disabled);
}

/** The folded names of all who have a role in an account. */
function usersWithRoles({ assignments, groups }: DirectoryConfig): ReadonlySet<string> {
  const assignedGroups = new Set(assignments.flatMap((assignment) => assignment.groups));
  return new Set(
    [
      ...assignments.flatMap(({ users }) => users),
      ...groups.filter(({ name }) => assignedGroups.has(name)).flatMap(({ members }) => members),
    ].map(nameKey),
  );
}
