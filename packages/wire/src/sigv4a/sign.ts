import type { Bytes, WireRequest } from '../http.ts';
import { renderAmzDate } from '../sigv4/amz-date.ts';
import { canonicalRequest } from '../sigv4/canonical-request.ts';
import { hex, owned, sha256Hex, webCrypto } from '../sigv4/crypto.ts';
import { contentSha256, payloadHash } from '../sigv4/payload-hash.ts';
import { signedHeaders } from '../sigv4/signed-headers.ts';
import type { SigV4SigningOptions } from '../sigv4/signing-options.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { derSignature } from './der-signature.ts';
import { algorithm, signingKey } from './signing-key.ts';

export interface SigV4aSigningOptions extends Omit<SigV4SigningOptions, 'region' | 'signingKeys'> {
  /** Regions in which the signature is valid, e.g. `['eu-*']` or `['*']`. */
  readonly regionSet: readonly string[];
}

/**
 * Signs a request with SigV4A, an asymmetric signature that is valid in several regions.
 *
 * @param request must have its `host` header. Its header `x-amz-content-sha256`, if it has one, is used as payload hash
 * @throws {TypeError} when it has no `host`, or its body is a stream that would have to be hashed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function signSigV4a<Body extends Bytes>(
  request: WireRequest<Body>,
  options: SigV4aSigningOptions,
): Promise<WireRequest<Body>> {
  const { credentials, regionSet, service, nowMs, crypto: hashes = webCrypto } = options;
  const amzDate = renderAmzDate(nowMs);
  const scope = `${amzDate.slice(0, 8)}/${service}/aws4_request`;
  const headers: Record<string, string | undefined> = {
    ...request.headers,
    'x-amz-date': amzDate,
    'x-amz-region-set': regionSet.join(','),
  };
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  const hash = await payloadHash(request, options);
  if (options.contentSha256Header === true || options.unsignedPayload === true) headers[contentSha256] = hash;
  const signed = signedHeaders(headers);
  const canonical = canonicalRequest({ ...request, headers }, signed, hash, options);
  const text = [algorithm, amzDate, scope, await sha256Hex(canonical, hashes)].join('\n');
  const key = await signingKey(credentials, hashes);
  const bytes = owned(encodeUtf8(text));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes);
  headers['authorization'] =
    `${algorithm} Credential=${credentials.accessKeyId}/${scope}, ` +
    `SignedHeaders=${signed.join(';')}, Signature=${hex(derSignature(new Uint8Array(signature)))}`;
  return { ...request, headers };
}
