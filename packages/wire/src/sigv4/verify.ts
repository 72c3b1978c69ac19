import type { WireRequest } from '../http.ts';
import { renderAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import type { Authorization } from './parse-authorization.ts';
import { parseAuthorization } from './parse-authorization.ts';
import type { SigV4Refusal } from './refusal.ts';
import { refused } from './refusal.ts';
import { signature } from './signature.ts';
import type { SigV4Credentials } from './signing-options.ts';

/** What the caller has stored under an access key id; it may hold more than the secret. */
type SecretHolder = Pick<SigV4Credentials, 'secretAccessKey'>;

export interface SigV4VerificationOptions<Credentials extends SecretHolder> {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Signing names that this endpoint serves. */
  readonly services: readonly string[];
  /** Regions that this endpoint serves. Default: any. */
  readonly regions?: readonly string[];
  /**
   * Looks a key up; undefined when it is unknown or the session token does not belong to it. Whether it has expired is
   * better asked afterwards, once the signature shows that the caller holds it.
   */
  findCredentials(
    accessKeyId: string,
    sessionToken: string | undefined,
  ): Credentials | undefined | Promise<Credentials | undefined>;
  /** How far the caller's clock may be off, either way. Default: 15 minutes. */
  readonly maxSkewMs?: number;
  /** Accepts a body that the signature does not cover. Default: false. */
  readonly allowUnsignedPayload?: boolean;
  /** Default: WebCrypto. */
  readonly crypto?: SigV4Crypto;
}

export interface SigV4Verified<Credentials extends SecretHolder> {
  readonly kind: 'verified';
  /** As `findCredentials` gave it. */
  readonly credentials: Credentials;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly scope: CredentialScope;
}

const unsignedPayload = 'UNSIGNED-PAYLOAD';
// Added behind the caller's back, by CloudFront.
const addedByProxies = new Set(['x-amz-cf-id']);

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
      'The request signature we calculated does not match the signature you provided. Check your secret access key and signing method.',
    );
  }
  return { kind: 'verified', credentials, accessKeyId, sessionToken, scope };
}

function checkScope(
  { scope, amzDate }: Authorization,
  { services, regions }: Pick<SigV4VerificationOptions<SecretHolder>, 'services' | 'regions'>,
): SigV4Refusal | undefined {
  if (scope.date !== amzDate.slice(0, 8)) {
    return refused('SignatureDoesNotMatch', 'The date of the credential scope is not that of X-Amz-Date');
  }
  if (!services.includes(scope.service)) {
    return refused(
      'SignatureDoesNotMatch',
      `Credential should be scoped to correct service: '${services.join("', '")}'`,
    );
  }
  if (regions !== undefined && !regions.includes(scope.region)) {
    return refused(
      'SignatureDoesNotMatch',
      `Credential should be scoped to a valid region: '${regions.join("', '")}'`,
    );
  }
  return undefined;
}

function checkSignedHeaders(
  { signedHeaders }: Authorization,
  { headers }: WireRequest,
): SigV4Refusal | undefined {
  const signed = new Set(signedHeaders);
  const mustBeSigned = Object.keys(headers).filter(
    (name) => name === 'host' || (name.startsWith('x-amz-') && !addedByProxies.has(name)),
  );
  const unsigned = ['host', ...mustBeSigned].find((name) => !signed.has(name));
  if (unsigned !== undefined)
    return refused('IncompleteSignature', `The header '${unsigned}' must be signed`);
  if (signed.size !== signedHeaders.length) {
    return refused('IncompleteSignature', 'A header is named twice in SignedHeaders');
  }
  if (signedHeaders.some((name) => headers[name] === undefined)) {
    return refused('IncompleteSignature', 'A header named in SignedHeaders is not in the request');
  }
  return undefined;
}

function checkTime(
  { amzDate, signedAtMs, expiresSeconds }: Authorization,
  { nowMs, maxSkewMs = 15 * 60_000 }: Pick<SigV4VerificationOptions<SecretHolder>, 'nowMs' | 'maxSkewMs'>,
): SigV4Refusal | undefined {
  const now = renderAmzDate(nowMs);
  const skew = `${maxSkewMs / 60_000} min.`;
  if (signedAtMs > nowMs + maxSkewMs) {
    const latest = renderAmzDate(nowMs + maxSkewMs);
    return refused(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${amzDate} is still later than ${latest} (${now} + ${skew})`,
    );
  }
  const lifeMs = expiresSeconds === undefined ? maxSkewMs : expiresSeconds * 1000;
  if (signedAtMs < nowMs - lifeMs) {
    const earliest = renderAmzDate(nowMs - lifeMs);
    const life = expiresSeconds === undefined ? skew : `${expiresSeconds} s.`;
    return refused(
      'SignatureDoesNotMatch',
      `Signature expired: ${amzDate} is now earlier than ${earliest} (${now} - ${life})`,
    );
  }
  return undefined;
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
