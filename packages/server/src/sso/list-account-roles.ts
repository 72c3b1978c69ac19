import type { ListAccountRolesRequest, ListAccountRolesResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import type { AssignedRole } from '../people/directory.ts';
import { noAccess } from './errors.ts';
import { type PagedList, readPage } from './page.ts';
import { requireAccess } from './require-access.ts';

/** Lists roles in the order of their names. @see com.amazonaws.sso#ListAccountRoles */
export async function handleListAccountRoles(
  { accessToken, accountId, ...paging }: ListAccountRolesRequest,
  { context, request: { origin } }: Call,
): Promise<ListAccountRolesResponse> {
  const { user } = await requireAccess(context, accessToken, origin);
  const list: PagedList<AssignedRole> = {
    userId: user.id,
    name: `roles ${accountId}`,
    read: (page) => context.directory.listRoles(user.id, accountId, page),
    keyOf: ({ name }) => name,
    afterKeyOfRelease01,
  };
  const { items, nextToken } = await readPage(context, list, paging);
  if (items.length === 0 && (await list.read({ limit: 1 })).length === 0) throw noAccess();
  return { roleList: items.map(({ name }) => ({ roleName: name, accountId })), nextToken };
}

/** Release 0.1 listed roles by name, too. */
function afterKeyOfRelease01(key: string): string | undefined {
  return /^[\w+=,.@-]{1,32}$/.test(key) ? key : undefined;
}
