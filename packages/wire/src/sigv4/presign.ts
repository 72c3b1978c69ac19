import type { WireRequest } from '../http.ts';
import { percentEncode } from '../values/query-string.ts';
import { renderAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import { credentialScope } from './credential-scope.ts';
import { webCrypto } from './crypto.ts';
import { payloadHash, unsignedPayload } from './payload-hash.ts';
import { signature } from './signature.ts';
import { signedHeaders } from './signed-headers.ts';
import { signingKeyOf } from './signing-key.ts';
import type { SigV4SigningOptions } from './signing-options.ts';
import { algorithm } from './string-to-sign.ts';

/** Maximum lifetime of a presigned request: a week. */
export const maxExpiresSeconds = 604_800;

export interface SigV4PresigningOptions extends Omit<SigV4SigningOptions, 'contentSha256Header'> {
  /** Lifetime of the URL, from 1 to 604800 seconds. */
  readonly expiresSeconds: number;
  /** Whether `x-amz-` headers move into the query, so that they need not be sent with the URL. Default: false. */
  readonly hoistHeaders?: boolean;
}

/**
 * Presigns a request: puts the signature into the query, so that it can be handed out as a URL.
 *
 * @param request must have its `host` header. Other headers are signed, too, and must be sent unchanged
 * @throws {TypeError} when `host` is missing
 * @throws {RangeError} when `expiresSeconds` is out of range
 */
export async function presignSigV4(
  request: WireRequest,
  options: SigV4PresigningOptions,
): Promise<WireRequest> {
  const { credentials, region, service, nowMs, expiresSeconds, crypto = webCrypto } = options;
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > maxExpiresSeconds) {
    throw new RangeError(
      `Cannot presign: found ${expiresSeconds} seconds, expected 1 to ${maxExpiresSeconds}`,
    );
  }
  const amzDate = renderAmzDate(nowMs);
  const scope = { date: amzDate.slice(0, 8), region, service };
  const { headers, hoisted } = split(request.headers, options.hoistHeaders ?? false);
  const signed = signedHeaders(headers);
  const members = {
    ...hoisted,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${credentials.accessKeyId}/${credentialScope(scope)}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': String(expiresSeconds),
    'X-Amz-SignedHeaders': signed.join(';'),
    ...(credentials.sessionToken !== undefined && { 'X-Amz-Security-Token': credentials.sessionToken }),
    ...(options.unsignedPayload === true && { 'X-Amz-Content-Sha256': unsignedPayload }),
  };
  const added = Object.entries(members).map(([name, text]) => `${name}=${percentEncode(text)}`);
  const query = [...(request.query === '' ? [] : [request.query]), ...added].join('&');
  const hash = await payloadHash(request, options);
  const canonical = canonicalRequest({ ...request, headers, query }, signed, hash, options);
  const key = await signingKeyOf(options, scope);
  const value = await signature({ amzDate, scope, canonicalRequest: canonical }, key, crypto);
  return { ...request, headers, query: `${query}&X-Amz-Signature=${value}` };
}

// S3 reads these from headers only.
const neverHoisted = /^x-amz-(?:server-side-encryption|content-sha256$)/;

function split(
  headers: WireRequest['headers'],
  hoists: boolean,
): { headers: WireRequest['headers']; hoisted: Record<string, string> } {
  const kept: Record<string, string | undefined> = {};
  const hoisted: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (hoists && value !== undefined && name.startsWith('x-amz-') && !neverHoisted.test(name))
      hoisted[name] = value;
    else kept[name] = value;
  }
  return { headers: kept, hoisted };
}
