import type { WireRequest } from '../http.ts';
import { renderAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import { credentialScope } from './credential-scope.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { signature } from './signature.ts';
import { signedHeaders } from './signed-headers.ts';
import type { SigV4SigningOptions } from './signing-options.ts';
import { algorithm } from './string-to-sign.ts';

/**
 * Signs a request with headers `x-amz-date`, `x-amz-security-token` and `authorization`.
 *
 * @param request must have its `host` header
 * @throws {TypeError} when it has not
 */
export async function signSigV4(request: WireRequest, options: SigV4SigningOptions): Promise<WireRequest> {
  const { credentials, region, service, nowMs, crypto = webCrypto } = options;
  const amzDate = renderAmzDate(nowMs);
  const scope = { date: amzDate.slice(0, 8), region, service };
  const headers: Record<string, string | undefined> = { ...request.headers, 'x-amz-date': amzDate };
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  const signed = signedHeaders(headers);
  const payloadHash = headers['x-amz-content-sha256'] ?? (await sha256Hex(request.body, crypto));
  const canonical = canonicalRequest({ ...request, headers }, signed, payloadHash);
  const value = await signature(
    { amzDate, scope, canonicalRequest: canonical },
    credentials.secretAccessKey,
    crypto,
  );
  headers['authorization'] =
    `${algorithm} Credential=${credentials.accessKeyId}/${credentialScope(scope)}, ` +
    `SignedHeaders=${signed.join(';')}, Signature=${value}`;
  return { ...request, headers };
}
