import { encodeUtf8 } from '../values/utf8.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';
import { hex, sha256Hex } from './crypto.ts';
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
  signingKey: Uint8Array,
  crypto: SigV4Crypto,
): Promise<string> {
  const text = stringToSign(amzDate, scope, await sha256Hex(canonicalRequest, crypto));
  return sign(text, signingKey, crypto);
}

/** Signs a string to sign. @returns the signature in hex */
export async function sign(text: string, signingKey: Uint8Array, crypto: SigV4Crypto): Promise<string> {
  return hex(await crypto.hmacSha256(signingKey, encodeUtf8(text)));
}

/** Compares two texts in constant time, so that time does not reveal how much of a guess was right. */
export function equalInConstantTime(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++)
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
