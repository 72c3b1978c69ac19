import type { Bytes, WireRequest } from '../http.ts';
import { headerText } from '../values/header-text.ts';
import { canonicalRequest } from './canonical-request.ts';
import { checkScope, checkSignedHeaders, checkTime } from './check-claims.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { parseAuthorization } from './parse-authorization.ts';
import {
  contentSha256,
  signedChunks,
  signedEvents,
  unsignedChunksWithTrailer,
  unsignedPayload,
} from './payload-hash.ts';
import type { SigV4Refusal } from './refusal.ts';
import { refused } from './refusal.ts';
import { equalInConstantTime, signature } from './signature.ts';
import { signingKey } from './signing-key.ts';
import type { SecretHolder, SigV4VerificationOptions } from './verification-options.ts';

export interface SigV4Verified<Credentials extends SecretHolder> {
  readonly kind: 'verified';
  /** What `findCredentials` returned. */
  readonly credentials: Credentials;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly scope: CredentialScope;
  readonly amzDate: string;
  /** Signature of the headers, on which the first signature of a chunk or event depends. */
  readonly signature: string;
}

const signedInParts = new Set([signedChunks, `${signedChunks}-TRAILER`, signedEvents]);

/**
 * Verifies the signature of a request, in its headers or (presigned) in its query. SigV4 has no nonce, so a request can
 * be replayed while its signature is valid.
 *
 * @param request headers and body exactly as received. A streaming body must be unsigned, or signed in chunks or events
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function verifySigV4<Credentials extends SecretHolder>(
  request: WireRequest<Bytes>,
  options: SigV4VerificationOptions<Credentials>,
): Promise<SigV4Verified<Credentials> | SigV4Refusal> {
  const { crypto = webCrypto } = options;
  const authorization = parseAuthorization(request, options);
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
  const headers = Object.fromEntries(
    signedHeaders.map((name) => [name, headerText(request.headers[name] ?? '')]),
  );
  const canonical = canonicalRequest({ ...request, headers, query }, signedHeaders, payloadHash, options);
  const key = await signingKey(credentials.secretAccessKey, scope, crypto);
  const expected = await signature({ amzDate, scope, canonicalRequest: canonical }, key, crypto);
  if (!equalInConstantTime(authorization.signature, expected)) {
    return refused(
      'SignatureDoesNotMatch',
      'The signature is not that of this request: check the secret access key, and how the request is signed',
    );
  }
  return { kind: 'verified', credentials, accessKeyId, sessionToken, scope, amzDate, signature: expected };
}

async function payloadHashOf(
  { headers, query, body }: WireRequest<Bytes>,
  options: Pick<SigV4VerificationOptions<SecretHolder>, 'allowUnsignedPayload' | 'allowStreamingPayload'>,
  crypto: SigV4Crypto,
): Promise<string | SigV4Refusal> {
  const { allowUnsignedPayload = false, allowStreamingPayload = false } = options;
  const claimed = headers[contentSha256] ?? /(?:^|&)X-Amz-Content-Sha256=([^&]*)/i.exec(query)?.[1];
  if (claimed === unsignedPayload && allowUnsignedPayload) return claimed;
  if (claimed === unsignedChunksWithTrailer && allowUnsignedPayload && allowStreamingPayload) return claimed;
  if (claimed !== undefined && signedInParts.has(claimed) && allowStreamingPayload) return claimed;
  const actual = body instanceof Uint8Array ? await sha256Hex(body, crypto) : undefined;
  if (actual !== undefined && (claimed === undefined || claimed === actual)) return actual;
  return refused('SignatureDoesNotMatch', `The header '${contentSha256}' is not the SHA-256 of the body`);
}
