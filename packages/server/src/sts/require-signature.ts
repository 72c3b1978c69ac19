import { verifySigV4, type WireRequest } from '@latchkey/wire';
import { nodeCrypto } from '@latchkey/wire/node';
import { openRoleCredentials, type RoleSession } from '../access/role-credentials.ts';
import type { Context } from '../context.ts';
import { StsError } from '../generated/sts.ts';

export interface SignatureOptions {
  /** Takes a presigned request for 15 minutes, whatever its `X-Amz-Expires` says. Default: false. */
  readonly ignoresExpires?: boolean;
}

/**
 * Whose role credentials a request is signed with (SigV4). Any region will do: STS is global.
 *
 * @throws {StsError} `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`,
 *   `SignatureDoesNotMatch`, `ExpiredToken`
 */
export async function requireSignature(
  context: Context,
  request: WireRequest,
  { ignoresExpires = false }: SignatureOptions = {},
): Promise<RoleSession> {
  const result = await verifySigV4(request, {
    ignoresExpires,
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
