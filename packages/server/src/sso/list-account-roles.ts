import type { ListAccountRolesRequest, ListAccountRolesResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import { noAccess } from './errors.ts';
import { page } from './page.ts';
import { requireAccess } from './require-access.ts';

/** @see com.amazonaws.sso#ListAccountRoles */
export async function handleListAccountRoles(
  { accessToken, accountId, ...paging }: ListAccountRolesRequest,
  { context }: Call,
): Promise<ListAccountRolesResponse> {
  const { user } = await requireAccess(context, accessToken);
  const account = context.directory.accountsOf(user).find(({ id }) => id === accountId);
  if (account === undefined) throw noAccess();
  const { items, nextToken } = page(account.roles, ({ name }) => name, paging);
  return { roleList: items.map(({ name }) => ({ roleName: name, accountId })), nextToken };
}
