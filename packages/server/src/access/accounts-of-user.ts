import type { AssignedAccount, AssignedRole, Directory, DirectoryPage } from '../people/directory.ts';
import { readPages } from '../store/port/read-pages.ts';

/** The most accounts of a user that are put into the order of their names. */
export const MAX_SORTED_ACCOUNTS = 1000;

/** Accounts of a user, to be shown. */
export interface AccountsByName {
  /** All, in the order of their names, then ids; where they are too many to be put in it, a page of them by id. */
  readonly accounts: readonly AssignedAccount[];
  readonly areTooMany: boolean;
}

/**
 * Lists the accounts in which a user has a role, as people look for them: by name.
 *
 * @param order.locale - whose order of names it is (BCP 47)
 * @param order.page - of the list by id, where there are more than 1,000
 * @param order.matching - a name key that the name or the id of the account, or the name of a role in it, contains
 */
export async function listAccountsByName(
  directory: Directory,
  userId: string,
  {
    locale,
    page,
    matching = '',
  }: { readonly locale: string; readonly page: DirectoryPage; readonly matching?: string },
): Promise<AccountsByName> {
  const search = matching === '' ? {} : { matching };
  const accounts = await directory.listAllAccounts(userId, { upTo: MAX_SORTED_ACCOUNTS, ...search });
  if (accounts === undefined)
    return { accounts: await directory.listAccounts(userId, { ...page, ...search }), areTooMany: true };
  const names = new Intl.Collator(locale, { numeric: true });
  return {
    accounts: accounts.toSorted((a, b) => names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)),
    areTooMany: false,
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
