import type { WireRequest } from '../http.ts';
import { percentEncode } from '../values/query-string.ts';
import { renderAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import { credentialScope } from './credential-scope.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { signature } from './signature.ts';
import { signedHeaders } from './signed-headers.ts';
import type { SigV4SigningOptions } from './signing-options.ts';
import { algorithm } from './string-to-sign.ts';

/** A week, the longest that a presigned request may live. */
export const maxExpiresSeconds = 604_800;

/**
 * Signs a request in its query, so that it can be handed out as a URL.
 *
 * @param request must have its `host` header; its other headers are signed too and must be sent as they are
 * @param options `expiresSeconds`: how long the URL is good for, 1 to 604800
 * @throws {TypeError} when `host` is missing
 * @throws {RangeError} when `expiresSeconds` is out of range
 */
export async function presignSigV4(
  request: WireRequest,
  options: SigV4SigningOptions & { readonly expiresSeconds: number },
): Promise<WireRequest> {
  const { credentials, region, service, nowMs, expiresSeconds, crypto = webCrypto } = options;
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > maxExpiresSeconds) {
    throw new RangeError(
      `Cannot presign: found ${expiresSeconds} seconds, expected 1 to ${maxExpiresSeconds}`,
    );
  }
  const amzDate = renderAmzDate(nowMs);
  const scope = { date: amzDate.slice(0, 8), region, service };
  const signed = signedHeaders(request.headers);
  const members = {
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${credentials.accessKeyId}/${credentialScope(scope)}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': String(expiresSeconds),
    'X-Amz-SignedHeaders': signed.join(';'),
    ...(credentials.sessionToken !== undefined && { 'X-Amz-Security-Token': credentials.sessionToken }),
  };
  const added = Object.entries(members).map(([name, text]) => `${name}=${percentEncode(text)}`);
  const query = [...(request.query === '' ? [] : [request.query]), ...added].join('&');
  const payloadHash = request.headers['x-amz-content-sha256'] ?? (await sha256Hex(request.body, crypto));
  const canonical = canonicalRequest({ ...request, query }, signed, payloadHash);
  const value = await signature(
    { amzDate, scope, canonicalRequest: canonical },
    credentials.secretAccessKey,
    crypto,
  );
  return { ...request, query: `${query}&X-Amz-Signature=${value}` };
}
