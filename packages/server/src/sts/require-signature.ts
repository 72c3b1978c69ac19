import { verifySigV4, type WireRequest } from '@latchkey/wire';
import { nodeCrypto } from '@latchkey/wire/node';
import { openRoleCredentials, type RoleSession } from '../access/role-credentials.ts';
import type { Context } from '../context.ts';
import { StsError } from '../generated/sts.ts';

/**
 * Whose role credentials a request is signed with (SigV4). Any region will do: STS is global.
 *
 * @throws {StsError} `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`,
 *   `SignatureDoesNotMatch`, `ExpiredToken`
 */
export async function requireSignature(context: Context, request: WireRequest): Promise<RoleSession> {
  const result = await verifySigV4(request, {
    nowMs: context.now(),
    services: ['sts'],
    crypto: nodeCrypto,
    findCredentials: (accessKeyId, sessionToken) => openRoleCredentials(context, accessKeyId, sessionToken),
  });
  if (result.kind === 'refused') throw new StsError(result.code, { message: result.message });
  if (result.credentials.expiresAtMs <= context.now()) {
    throw new StsError('ExpiredToken', { message: 'The security token included in the request is expired' });
  }
  return result.credentials;
}
