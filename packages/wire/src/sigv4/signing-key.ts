import { encodeUtf8 } from '../values/utf8.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';

/** Derives the key that signs within one scope. */
export async function signingKey(
  secretAccessKey: string,
  { date, region, service }: CredentialScope,
  { hmacSha256 }: SigV4Crypto,
): Promise<Uint8Array> {
  let key: Uint8Array = encodeUtf8(`AWS4${secretAccessKey}`);
  for (const step of [date, region, service, 'aws4_request']) key = await hmacSha256(key, encodeUtf8(step));
  return key;
}
