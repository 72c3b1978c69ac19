import type { ListAccountsRequest, ListAccountsResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import type { AssignedAccount } from '../people/directory.ts';
import { page } from './page.ts';
import { requireAccess } from './require-access.ts';

/** @see com.amazonaws.sso#ListAccounts */
export async function handleListAccounts(
  { accessToken, ...paging }: ListAccountsRequest,
  { context }: Call,
): Promise<ListAccountsResponse> {
  const { user } = await requireAccess(context, accessToken);
  const { items, nextToken } = page(context.directory.accountsOf(user), sortKey, paging);
  const accountList = items.map(({ id, name, email }) => ({
    accountId: id,
    accountName: name,
    emailAddress: email,
  }));
  return { accountList, nextToken };
}

/** Puts accounts in the order of the directory: by name, then id. No name has a control character in it. */
function sortKey({ name, id }: AssignedAccount): string {
  return `${name}\n${id}`;
}
