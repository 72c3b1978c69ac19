import { encodeUtf8 } from '../values/utf8.ts';
import type { CredentialScope } from './credential-scope.ts';
import { type SigV4Crypto, webCrypto } from './crypto.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

/** Derives the signing key of a scope. */
export async function signingKey(
  secretAccessKey: string,
  { date, region, service }: CredentialScope,
  { hmacSha256 }: SigV4Crypto,
): Promise<Uint8Array> {
  let key: Uint8Array = encodeUtf8(`AWS4${secretAccessKey}`);
  for (const step of [date, region, service, 'aws4_request']) key = await hmacSha256(key, encodeUtf8(step));
  return key;
}

/** The signing key of a scope, from the cache where the options have one. */
export function signingKeyOf(
  { credentials, signingKeys, crypto = webCrypto }: SigV4SigningOptions,
  scope: CredentialScope,
): Uint8Array | Promise<Uint8Array> {
  return signingKeys === undefined
    ? signingKey(credentials.secretAccessKey, scope, crypto)
    : signingKeys.get(credentials.secretAccessKey, scope, crypto);
}
