import type { Bytes, WireRequest } from '../http.ts';
import { renderAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import { type CredentialScope, credentialScope } from './credential-scope.ts';
import { webCrypto } from './crypto.ts';
import { contentSha256, payloadHash } from './payload-hash.ts';
import { signature } from './signature.ts';
import { signedHeaders } from './signed-headers.ts';
import { signingKeyOf } from './signing-key.ts';
import type { SigV4SigningOptions } from './signing-options.ts';
import { algorithm } from './string-to-sign.ts';

/**
 * Signs a request: adds the headers `x-amz-date`, `x-amz-security-token` and `authorization`.
 *
 * @param request must have its `host` header. Its header `x-amz-content-sha256`, if it has one, is used as payload hash
 * @throws {TypeError} when it has no `host`, or its body is a stream that would have to be hashed
 */
export async function signSigV4<Body extends Bytes>(
  request: WireRequest<Body>,
  options: SigV4SigningOptions,
): Promise<WireRequest<Body>> {
  return (await signHeaders(request, options)).request;
}

/** A signed request, with what the signatures of its body's chunks or events depend on. */
export interface SignedHeaders<Body> {
  readonly request: WireRequest<Body>;
  readonly amzDate: string;
  readonly scope: CredentialScope;
  readonly key: Uint8Array;
  readonly signature: string;
}

export async function signHeaders<Body extends Bytes>(
  request: WireRequest<Body>,
  options: SigV4SigningOptions,
): Promise<SignedHeaders<Body>> {
  const { credentials, region, service, nowMs, crypto = webCrypto } = options;
  const amzDate = renderAmzDate(nowMs);
  const scope = { date: amzDate.slice(0, 8), region, service };
  const headers: Record<string, string | undefined> = { ...request.headers, 'x-amz-date': amzDate };
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  const hash = await payloadHash(request, options);
  if (options.contentSha256Header === true || options.unsignedPayload === true) headers[contentSha256] = hash;
  const signed = signedHeaders(headers);
  const canonical = canonicalRequest({ ...request, headers }, signed, hash, options);
  const key = await signingKeyOf(options, scope);
  const value = await signature({ amzDate, scope, canonicalRequest: canonical }, key, crypto);
  headers['authorization'] =
    `${algorithm} Credential=${credentials.accessKeyId}/${credentialScope(scope)}, ` +
    `SignedHeaders=${signed.join(';')}, Signature=${value}`;
  return { request: { ...request, headers }, amzDate, scope, key, signature: value };
}
