import type { AssignedAccount, AssignedRole, Directory } from '../people/directory.ts';
import { readPages } from '../store/port/read-pages.ts';

/** The most accounts of a user that are put into the order of their names. */
export const MAX_SORTED_ACCOUNTS = 1000;

/** Accounts of a user, to be shown. */
export interface AccountsByName {
  /** In the order of their names, then ids; where there are more, the first of them by id. */
  readonly accounts: readonly AssignedAccount[];
  readonly hasMore: boolean;
}

/**
 * Lists the accounts in which a user has a role, as people look for them: by name.
 *
 * @param order.locale - whose order of names it is (BCP 47)
 * @param order.matching - a name key that the name or the id of the account, or the name of a role in it, contains
 */
export async function listAccountsByName(
  directory: Directory,
  userId: string,
  { locale, matching = '' }: { readonly locale: string; readonly matching?: string },
): Promise<AccountsByName> {
  const limit = MAX_SORTED_ACCOUNTS + 1;
  const accounts = await directory.listAccounts(userId, { limit, ...(matching !== '' && { matching }) });
  if (accounts.length === limit) return { accounts: accounts.slice(0, -1), hasMore: true };
  const names = new Intl.Collator(locale, { numeric: true });
  return {
    accounts: accounts.toSorted((a, b) => names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)),
    hasMore: false,
  };
}

/** Reads all accounts of a user in the order of their ids, each with its roles in the order of their names, page by page. */
export async function* readAccountsWithRoles(
  directory: Directory,
  userId: string,
): AsyncGenerator<AssignedAccount & { readonly roles: readonly AssignedRole[] }> {
  const pages = readPages(
    (page) => directory.listAccounts(userId, page),
    ({ id }) => id,
  );
  for await (const accounts of pages) {
    for (const account of accounts) {
      yield { ...account, roles: await readRoles(directory, userId, account.id) };
    }
  }
}

async function readRoles(directory: Directory, userId: string, accountId: string): Promise<AssignedRole[]> {
  const pages = readPages(
    (page) => directory.listRoles(userId, accountId, page),
    ({ name }) => name,
  );
  return (await Array.fromAsync(pages)).flat();
}
