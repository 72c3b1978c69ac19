import { type SsoHandlers, ssoService } from '../generated/sso.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import { internalError, translate } from './errors.ts';
import { handleGetRoleCredentials } from './get-role-credentials.ts';
import { handleListAccountRoles } from './list-account-roles.ts';
import { handleListAccounts } from './list-accounts.ts';
import { handleLogout } from './logout.ts';
import { findLostToken } from './lost-token.ts';

const handlers = {
  GetRoleCredentials: handleGetRoleCredentials,
  ListAccounts: handleListAccounts,
  ListAccountRoles: handleListAccountRoles,
  Logout: handleLogout,
} satisfies SsoHandlers<Call>;

/** The access portal API: what a signed-in person may reach. The rules are in `access/` and `grants/`. */
export const ssoApi: ApiDefinition = {
  service: ssoService,
  title: 'SSO (the access portal)',
  sdkId: 'SSO',
  handlers,
  translate,
  findLoss: findLostToken,
  internalError,
  ignoresBody: true,
  errorTypeInBody: true,
};
