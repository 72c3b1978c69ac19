import type { DirectoryConfig } from '../directory/file/declaration.ts';
import type { DirectoryReader } from '../store/port/directory.ts';
import { readEntries } from '../store/port/read-entries.ts';

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

/** The same of the directory in a store, in the order of account ids and role names. */
export async function readAssignedAccounts(
  store: Pick<DirectoryReader, 'listEntries' | 'findEntry'>,
): Promise<readonly AccountWithRoles[]> {
  const accounts: AccountWithRoles[] = [];
  const names = new Map<string, string>();
  for await (const { id, name } of readEntries(store, 'account')) {
    const roles = new Set<string>();
    for (const kind of ['userAssignment', 'groupAssignment'] as const) {
      for await (const { permissionSetId } of readEntries(store, kind, { accountId: id })) {
        const known =
          names.get(permissionSetId) ??
          (await store.findEntry('permissionSet', { id: permissionSetId }))?.name;
        if (known === undefined) continue;
        names.set(permissionSetId, known);
        roles.add(known);
      }
    }
    if (roles.size > 0)
      accounts.push({ id, name, roles: [...roles].toSorted().map((role) => ({ name: role })) });
  }
  return accounts;
}
