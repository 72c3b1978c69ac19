import type { RequestHead } from '../http.ts';
import { renderAmzDate } from './amz-date.ts';
import type { Authorization } from './parse-authorization.ts';
import type { SigV4Refusal } from './refusal.ts';
import { refused } from './refusal.ts';
import type { SigV4VerificationOptions } from './verification-options.ts';

/** What an endpoint accepts. `SigV4VerificationOptions` explains each member. */
type Limits = Omit<SigV4VerificationOptions<never>, 'findCredentials'>;

// Headers that CloudFront adds on the way, so that the caller cannot sign them.
const addedByProxies = new Set(['x-amz-cf-id']);

export function checkScope(
  { scope, amzDate }: Authorization,
  { services, regions }: Pick<Limits, 'services' | 'regions'>,
): SigV4Refusal | undefined {
  if (scope.date !== amzDate.slice(0, 8)) {
    return refused('SignatureDoesNotMatch', 'The date of the credential scope is not that of X-Amz-Date');
  }
  if (!services.includes(scope.service)) {
    return refused(
      'SignatureDoesNotMatch',
      `The service of the credential scope must be '${services.join("' or '")}'`,
    );
  }
  if (regions !== undefined && !regions.includes(scope.region)) {
    return refused(
      'SignatureDoesNotMatch',
      `The region of the credential scope must be '${regions.join("' or '")}'`,
    );
  }
  return undefined;
}

export function checkSignedHeaders(
  { signedHeaders }: Authorization,
  { headers }: RequestHead,
): SigV4Refusal | undefined {
  const signed = new Set(signedHeaders);
  const present = Object.keys(headers).filter((name) => headers[name] !== undefined);
  const amazon = present.filter((name) => name.startsWith('x-amz-') && !addedByProxies.has(name));
  const unsigned = ['host', ...amazon].find((name) => !signed.has(name));
  if (unsigned !== undefined)
    return refused('IncompleteSignature', `The header '${unsigned}' must be signed`);
  if (signed.size !== signedHeaders.length) {
    return refused('IncompleteSignature', 'A header is named twice in SignedHeaders');
  }
  // Not `=== undefined`: the caller chooses the names, and every object has a `constructor`.
  if (signedHeaders.some((name) => typeof headers[name] !== 'string')) {
    return refused('IncompleteSignature', 'A header named in SignedHeaders is not in the request');
  }
  return undefined;
}

export function checkTime(
  { amzDate, signedAtMs, expiresSeconds }: Authorization,
  { nowMs, maxSkewMs = 15 * 60_000 }: Pick<Limits, 'nowMs' | 'maxSkewMs'>,
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
