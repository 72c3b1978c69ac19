import type { Credentials } from '../credentials.ts';
import { parseJsonError } from './json-error.ts';
import { type Caller, callService } from './service-call.ts';

/** Gets the credentials of a role that is assigned to whoever signed in (`sso:GetRoleCredentials`). */
export async function getRoleCredentials(
  role: { readonly accountId: string; readonly roleName: string; readonly accessToken: string },
  caller: Caller,
): Promise<Credentials> {
  const { accountId, roleName, accessToken } = role;
  const { roleCredentials } = await callService(
    {
      serviceId: 'SSO',
      signingName: 'awsssoportal',
      hostPrefix: 'portal.sso',
      operation: 'GetRoleCredentials',
      request: {
        method: 'GET',
        path: '/federation/credentials',
        query: `role_name=${encodeURIComponent(roleName)}&account_id=${encodeURIComponent(accountId)}`,
        headers: { 'x-amz-sso_bearer_token': accessToken },
        body: '',
      },
      parse: (text) => JSON.parse(text),
      parseError: parseJsonError,
    },
    caller,
  );
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration), accountId };
}
