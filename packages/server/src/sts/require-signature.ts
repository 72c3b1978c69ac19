import { verifySigV4, type WireRequest } from '@latchkey/wire';
import { nodeCrypto } from '@latchkey/wire/node';
import { type EndOfRoleSession, findEndOfRoleSession } from '../access/end-of-role-session.ts';
import { openRoleCredentials, type RoleSession } from '../access/role-credentials.ts';
import type { Context } from '../context.ts';
import { StsError } from '../generated/sts.ts';

export interface SignatureOptions {
  /** Takes a presigned request for 15 minutes, whatever its `X-Amz-Expires` says. Default: false. */
  readonly ignoresExpires?: boolean;
}

const EXPIRED = 'The security token included in the request is expired';

/** What a caller is told of credentials that ended early. Clients that cache credentials get new ones when they read `ExpiredToken`. */
const reasons: Readonly<Record<EndOfRoleSession, string>> = {
  ended: 'the session that it came of was ended, sign in again',
  notAssigned: 'its role is not assigned any more',
  revoked: 'what was issued for its role until then was revoked',
};

/**
 * Whose role credentials a request is signed with (SigV4), as long as what they came of lasts. Any region will do: STS is
 * global.
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
    throw new StsError('ExpiredToken', { message: EXPIRED });
  }
  const end = await findEndOfRoleSession(context, result.credentials);
  if (end !== undefined) throw new StsError('ExpiredToken', { message: `${EXPIRED}: ${reasons[end]}` });
  return result.credentials;
}
