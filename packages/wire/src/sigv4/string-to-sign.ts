import type { CredentialScope } from './credential-scope.ts';
import { credentialScope } from './credential-scope.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** Builds the string to sign: date, scope, and hash of the canonical request in hex. */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequestHash: string): string {
  return [algorithm, amzDate, credentialScope(scope), canonicalRequestHash].join('\n');
}
