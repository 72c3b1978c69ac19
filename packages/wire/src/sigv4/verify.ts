import type { WireRequest } from '../http.ts';
import { canonicalRequest } from './canonical-request.ts';
import { checkScope, checkSignedHeaders, checkTime } from './check-claims.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { parseAuthorization } from './parse-authorization.ts';
import type { SigV4Refusal } from './refusal.ts';
import { refused } from './refusal.ts';
import { signature } from './signature.ts';
import type { SecretHolder, SigV4VerificationOptions } from './verification-options.ts';

export interface SigV4Verified<Credentials extends SecretHolder> {
  readonly kind: 'verified';
  /** As `findCredentials` gave it. */
  readonly credentials: Credentials;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly scope: CredentialScope;
}

const unsignedPayload = 'UNSIGNED-PAYLOAD';

/**
 * Verifies the signature of a request, in its headers or presigned in its query. There is no protection against
 * replay within the time that a signature is good for: SigV4 has no nonce.
 *
 * @param request its headers and body exactly as received
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function verifySigV4<Credentials extends SecretHolder>(
  request: WireRequest,
  options: SigV4VerificationOptions<Credentials>,
): Promise<SigV4Verified<Credentials> | SigV4Refusal> {
  const { crypto = webCrypto } = options;
  const authorization = parseAuthorization(request);
  if (authorization.kind === 'refused') return authorization;
  const refusal =
    checkScope(authorization, options) ??
    checkSignedHeaders(authorization, request) ??
    checkTime(authorization, options);
  if (refusal !== undefined) return refusal;
  const payloadHash = await payloadHashOf(request, options, crypto);
  if (typeof payloadHash !== 'string') return payloadHash;

  const { accessKeyId, sessionToken, scope, signedHeaders, amzDate, query } = authorization;
  const credentials = await options.findCredentials(accessKeyId, sessionToken);
  if (credentials === undefined) {
    return refused('InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  const canonical = canonicalRequest({ ...request, query }, signedHeaders, payloadHash);
  const expected = await signature(
    { amzDate, scope, canonicalRequest: canonical },
    credentials.secretAccessKey,
    crypto,
  );
  if (!equalInConstantTime(authorization.signature, expected)) {
    return refused(
      'SignatureDoesNotMatch',
      'The signature is not that of this request: check the secret access key, and how the request is signed',
    );
  }
  return { kind: 'verified', credentials, accessKeyId, sessionToken, scope };
}

async function payloadHashOf(
  { headers, body }: WireRequest,
  { allowUnsignedPayload = false }: Pick<SigV4VerificationOptions<SecretHolder>, 'allowUnsignedPayload'>,
  crypto: SigV4Crypto,
): Promise<string | SigV4Refusal> {
  const claimed = headers['x-amz-content-sha256'];
  if (claimed === unsignedPayload && allowUnsignedPayload) return unsignedPayload;
  const actual = await sha256Hex(body, crypto);
  if (claimed === undefined || claimed === actual) return actual;
  return refused('SignatureDoesNotMatch', "The header 'x-amz-content-sha256' is not the SHA-256 of the body");
}

/** Takes as long for any two texts of one length, so that time does not tell how much of a guess was right. */
function equalInConstantTime(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++)
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
