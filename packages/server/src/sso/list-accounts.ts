import type { ListAccountsRequest, ListAccountsResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import type { AssignedAccount } from '../people/directory.ts';
import { type PagedList, readPage } from './page.ts';
import { requireAccess } from './require-access.ts';

/** Lists accounts in the order of their ids. @see com.amazonaws.sso#ListAccounts */
export async function handleListAccounts(
  { accessToken, ...paging }: ListAccountsRequest,
  { context, request: { origin } }: Call,
): Promise<ListAccountsResponse> {
  const { user } = await requireAccess(context, accessToken, origin);
  const list: PagedList<AssignedAccount> = {
    userId: user.id,
    name: 'accounts',
    read: (page) => context.directory.listAccounts(user.id, page),
    keyOf: ({ id }) => id,
    afterKeyOfRelease01,
  };
  const { items, nextToken } = await readPage(context, list, paging);
  const accountList = items.map(({ id, name, email }) => ({
    accountId: id,
    accountName: name,
    emailAddress: email,
  }));
  return { accountList, nextToken };
}

/** Release 0.1 listed accounts by name, then id. Its list cannot go on in another order, so it begins anew: none is missed. */
function afterKeyOfRelease01(key: string): string | undefined {
  return /^.+\n\d{12}$/.test(key) ? '' : undefined;
}
