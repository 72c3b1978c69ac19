import { hash } from 'node:crypto';
import { nameKey } from '../directory/name-key.ts';
import type {
  AssignedAccount,
  Directory,
  DirectoryConfig,
  PermissionSetConfig,
  User,
  UserConfig,
} from './directory.ts';

/**
 * Makes the directory of an instance from its configuration, which has been checked: names are unique, and every name
 * that an assignment or a group uses exists.
 */
export function buildDirectory(config: DirectoryConfig, instanceId: string): Directory {
  const users = config.users
    .filter((user) => !user.disabled)
    .map((user) => ({ user: toUser(user, instanceId), accounts: assignedAccounts(config, user.userName) }));
  const byId = new Map(users.map((entry) => [entry.user.id, entry]));
  const byName = new Map(users.map(({ user }) => [nameKey(user.userName), user]));
  return {
    findUser: (id) => byId.get(id)?.user,
    findUserByName: (userName) => byName.get(nameKey(userName)),
    accountsOf: (user) => byId.get(user.id)?.accounts ?? [],
  };
}

function toUser({ id, userName, displayName, email, passwordHash }: UserConfig, instanceId: string): User {
  return {
    id: id ?? userId(instanceId, userName),
    userName,
    displayName: displayName ?? userName,
    ...(email !== undefined && { email }),
    ...(passwordHash !== undefined && { passwordHash }),
    version: hash('sha256', passwordHash ?? '', 'base64url').slice(0, 11),
  };
}

/** A user id: a UUID (version 8, RFC 9562) that follows from the instance id and the user name. */
function userId(instanceId: string, userName: string): string {
  const hex = hash('sha256', `${instanceId} ${nameKey(userName)}`, 'hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function assignedAccounts(config: DirectoryConfig, userName: string): readonly AssignedAccount[] {
  const name = nameKey(userName);
  const groups = new Set(
    config.groups
      .filter(({ members }) => members.some((member) => nameKey(member) === name))
      .map((group) => group.name),
  );
  const permissionSets = new Map(config.permissionSets.map((set) => [set.name, set]));
  const rolesByAccount = new Map<string, Set<PermissionSetConfig>>();
  for (const assignment of config.assignments) {
    const assigned =
      assignment.users.some((user) => nameKey(user) === name) ||
      assignment.groups.some((group) => groups.has(group));
    if (!assigned) continue;
    for (const accountId of assignment.accounts) {
      const roles = rolesByAccount.get(accountId) ?? new Set();
      rolesByAccount.set(accountId, roles);
      for (const setName of assignment.permissionSets) {
        const permissionSet = permissionSets.get(setName);
        if (permissionSet !== undefined) roles.add(permissionSet);
      }
    }
  }
  return config.accounts
    .filter(({ id }) => rolesByAccount.has(id))
    .map((account) => ({
      ...account,
      roles: [...(rolesByAccount.get(account.id) ?? [])].sort((a, b) => compare(a.name, b.name)),
    }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
