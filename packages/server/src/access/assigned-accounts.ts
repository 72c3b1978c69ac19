import type { DirectoryConfig } from '../directory/file/declaration.ts';

/** An account, and roles in it. */
export interface AccountWithRoles {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly name: string }[];
}

/** Every account and role that is assigned to anyone, in the order in which the configuration defines them. */
export function listAssignedAccounts(directory: DirectoryConfig): readonly AccountWithRoles[] {
  return directory.accounts
    .map((account) => {
      const assigned = new Set(
        directory.assignments
          .filter(({ accounts }) => accounts.includes(account.id))
          .flatMap(({ permissionSets }) => permissionSets),
      );
      return { ...account, roles: directory.permissionSets.filter(({ name }) => assigned.has(name)) };
    })
    .filter(({ roles }) => roles.length > 0);
}
