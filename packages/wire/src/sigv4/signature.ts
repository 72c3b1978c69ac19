import { encodeUtf8 } from '../values/utf8.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { hex, sha256Hex } from './crypto.ts';
import { signingKey } from './signing-key.ts';
import { stringToSign } from './string-to-sign.ts';

/** Everything that a signature covers. */
export interface ToSign {
  readonly amzDate: string;
  readonly scope: CredentialScope;
  readonly canonicalRequest: string;
}

/** The signature of a canonical request, in hex. */
export async function signature(
  { amzDate, scope, canonicalRequest }: ToSign,
  secretAccessKey: string,
  crypto: SigV4Crypto,
): Promise<string> {
  const text = stringToSign(amzDate, scope, await sha256Hex(canonicalRequest, crypto));
  const key = await signingKey(secretAccessKey, scope, crypto);
  return hex(await crypto.hmacSha256(key, encodeUtf8(text)));
}
