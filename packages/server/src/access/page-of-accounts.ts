import { nameKey } from '../directory/name-key.ts';
import type { AssignedAccount, Directory } from '../people/directory.ts';
import { listAccountsByName } from './accounts-of-user.ts';

/** Accounts on one page. */
export const ACCOUNTS_OF_A_PAGE = 50;

export interface AccountsQuery {
  /** What the name or the id of an account, or the name of a role in it, contains, as it was typed. Absent: all accounts. */
  readonly search?: string;
  /** Id of the account after which the page begins. Absent, or not one of the list by name: the first page. */
  readonly after?: string;
  /** Whose order of names it is (BCP 47). */
  readonly locale: string;
}

/** A page of the accounts of a user. */
export interface PageOfAccounts {
  readonly accounts: readonly AssignedAccount[];
  /** Where the page is in the list, and how long that is. Absent where there are more accounts than are put in order of name. */
  readonly place?: { readonly first: number; readonly last: number; readonly total: number };
  /** The page before begins after this account, where it is not the first. Absent on the first page. */
  readonly previous?: { readonly after?: string };
  /** Absent on the last page. */
  readonly next?: { readonly after: string };
}

/**
 * Finds a page of the accounts in which a user has a role: by name, or by id where there are so many that sorting would take
 * time.
 */
export async function findPageOfAccounts(
  directory: Directory,
  userId: string,
  { search = '', after, locale }: AccountsQuery,
): Promise<PageOfAccounts> {
  const { accounts, areTooMany } = await listAccountsByName(directory, userId, {
    locale,
    matching: nameKey(search),
    page: { limit: ACCOUNTS_OF_A_PAGE + 1, ...(after !== undefined && { after }) },
  });
  if (areTooMany) return pageById(accounts, after);
  const start = accounts.findIndex(({ id }) => id === after) + 1;
  const end = Math.min(start + ACCOUNTS_OF_A_PAGE, accounts.length);
  const beforePrevious = accounts[start - ACCOUNTS_OF_A_PAGE - 1];
  const last = accounts[end - 1];
  return {
    accounts: accounts.slice(start, end),
    place: { first: start + 1, last: end, total: accounts.length },
    ...(start > 0 && { previous: beforePrevious === undefined ? {} : { after: beforePrevious.id } }),
    ...(end < accounts.length && last !== undefined && { next: { after: last.id } }),
  };
}

/**
 * Nothing leads from a page to the one before, so there is a way to the first.
 *
 * @param found - the accounts of the page, and one more where another page follows
 */
function pageById(found: readonly AssignedAccount[], after: string | undefined): PageOfAccounts {
  const accounts = found.slice(0, ACCOUNTS_OF_A_PAGE);
  const last = accounts.at(-1);
  return {
    accounts,
    ...(after !== undefined && { previous: {} }),
    ...(found.length > accounts.length && last !== undefined && { next: { after: last.id } }),
  };
}

/** Finds an account in which a user has a role. */
export async function findAccountOfUser(
  directory: Directory,
  userId: string,
  accountId: string,
): Promise<AssignedAccount | undefined> {
  if (!/^\d{12}$/.test(accountId)) return undefined;
  const before = BigInt(accountId) - 1n;
  const [account] = await directory.listAccounts(userId, {
    limit: 1,
    ...(before >= 0n && { after: String(before).padStart(12, '0') }),
  });
  return account?.id === accountId ? account : undefined;
}
