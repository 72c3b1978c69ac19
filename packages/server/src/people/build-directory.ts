import { hash } from 'node:crypto';
import type { DirectoryConfig, PermissionSetConfig, UserConfig } from '../directory/file/declaration.ts';
import { declaredPermissionSetId, declaredUserId } from '../directory/ids.ts';
import { nameKey } from '../directory/name-key.ts';
import type { AssignedAccount, AssignedRole, Directory, UserWithPassword } from './directory.ts';

/**
 * Makes the directory of an instance from its configuration, which has been checked: names are unique, and every name
 * that an assignment or a group uses exists.
 */
export function buildDirectory(config: DirectoryConfig, instanceId: string): Directory {
  const roles = new Map(config.permissionSets.map((set) => [set.name, toRole(set, instanceId)]));
  const users = config.users
    .filter((user) => !user.disabled)
    .map((user) => ({
      user: toUser(user, instanceId),
      assigned: assignedAccounts(config, roles, user.userName),
    }));
  const byId = new Map(users.map((entry) => [entry.user.id, entry]));
  const byName = new Map(users.map(({ user }) => [nameKey(user.userName), user]));
  const assignedTo = (userId: string) => byId.get(userId)?.assigned ?? [];
  const rolesIn = (userId: string, accountId: string) =>
    assignedTo(userId).find(({ account }) => account.id === accountId)?.roles ?? [];
  return {
    findUser: async (id) => byId.get(id)?.user,
    findUserByName: async (key) => byName.get(key),
    listAccounts: async (userId, { matching = '', after = '', limit }) =>
      assignedTo(userId)
        .filter((each) => each.account.id > after && matches(each, matching))
        .slice(0, limit)
        .map(({ account }) => account),
    listRoles: async (userId, accountId, { after = '', limit }) =>
      rolesIn(userId, accountId)
        .filter(({ name }) => name > after)
        .slice(0, limit),
    findAssignedRole: async (userId, accountId, roleName) =>
      rolesIn(userId, accountId).find(({ name }) => name === roleName),
  };
}

interface Assigned {
  readonly account: AssignedAccount;
  readonly roles: readonly AssignedRole[];
}

function matches({ account, roles }: Assigned, key: string): boolean {
  return [account.id, account.name, ...roles.map(({ name }) => name)].some((name) =>
    nameKey(name).includes(key),
  );
}

function toUser(
  { id, userName, displayName, passwordHash }: UserConfig,
  instanceId: string,
): UserWithPassword {
  return {
    id: id ?? declaredUserId(instanceId, nameKey(userName)),
    userName,
    displayName: displayName ?? userName,
    ...(passwordHash !== undefined && { passwordHash }),
    version: hash('sha256', passwordHash ?? '', 'base64url').slice(0, 11),
  };
}

function toRole(set: PermissionSetConfig, instanceId: string): AssignedRole {
  return { ...set, permissionSetId: declaredPermissionSetId(instanceId, nameKey(set.name)) };
}

/** The accounts in which a user has roles, in the order of their ids, with the roles in the order of their names. */
function assignedAccounts(
  config: DirectoryConfig,
  roles: ReadonlyMap<string, AssignedRole>,
  userName: string,
): readonly Assigned[] {
  const name = nameKey(userName);
  const groups = new Set(
    config.groups
      .filter(({ members }) => members.some((member) => nameKey(member) === name))
      .map((group) => group.name),
  );
  const rolesByAccount = new Map<string, Set<AssignedRole>>();
  for (const assignment of config.assignments) {
    const isAssigned =
      assignment.users.some((user) => nameKey(user) === name) ||
      assignment.groups.some((group) => groups.has(group));
    if (!isAssigned) continue;
    for (const accountId of assignment.accounts) {
      const assigned = rolesByAccount.get(accountId) ?? new Set();
      rolesByAccount.set(accountId, assigned);
      for (const setName of assignment.permissionSets) {
        const role = roles.get(setName);
        if (role !== undefined) assigned.add(role);
      }
    }
  }
  return config.accounts
    .filter(({ id }) => rolesByAccount.has(id))
    .map((account) => ({
      account,
      roles: [...(rolesByAccount.get(account.id) ?? [])].sort((a, b) => compare(a.name, b.name)),
    }))
    .sort((a, b) => compare(a.account.id, b.account.id));
}

/** Ids of accounts and names of roles are ASCII, so this is the order of their bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
