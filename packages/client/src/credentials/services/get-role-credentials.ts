import type { Credentials } from '../credentials.ts';
import { parseObject } from '../parse-keys.ts';
import { parseJsonError } from './json-error.ts';
import { type Caller, callService } from './service-call.ts';

/** Gets the credentials of a role that is assigned to the signed-in user (`sso:GetRoleCredentials`). */
export async function getRoleCredentials(
  role: { readonly accountId: string; readonly roleName: string; readonly accessToken: string },
  caller: Caller,
): Promise<Credentials> {
  const { accountId, roleName, accessToken } = role;
  const credentials = await callService(
    {
      purpose: `get credentials for role "${roleName}" in account ${accountId}`,
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
      parse,
      parseError: parseJsonError,
    },
    caller,
  );
  return { ...credentials, accountId };
}

function parse(text: string): Credentials | undefined {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = Object(
    parseObject(text)['roleCredentials'],
  );
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) };
}
