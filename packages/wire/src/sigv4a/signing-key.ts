import { hex, type SigV4Crypto } from '../sigv4/crypto.ts';
import type { SigV4Credentials } from '../sigv4/signing-options.ts';
import { concat } from '../streams/concat.ts';
import { encodeUtf8 } from '../values/utf8.ts';

export const algorithm = 'AWS4-ECDSA-P256-SHA256';

/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

// Beginning of a PKCS #8 key, up to its private number. The public point is left out; the platform computes it.
const keyInfo = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420';

/** Derives the key pair of credentials. It is the same for all regions, services and days. */
export async function signingKey(credentials: SigV4Credentials, hmac: SigV4Crypto) {
  const number = await privateNumber(credentials, hmac);
  const encoded = fromHex(keyInfo + number.toString(16).padStart(64, '0'));
  return crypto.subtle.importKey('pkcs8', encoded, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

/** Derives the private number. A candidate that is out of range, which is rare, is skipped. */
async function privateNumber(
  { accessKeyId, secretAccessKey }: SigV4Credentials,
  { hmacSha256 }: SigV4Crypto,
): Promise<bigint> {
  const key = encodeUtf8(`AWS4A${secretAccessKey}`);
  for (let counter = 1; ; counter++) {
    const input = concat([
      Uint8Array.of(0, 0, 0, 1),
      encodeUtf8(`${algorithm}\0${accessKeyId}`),
      Uint8Array.of(counter, 0, 0, 1, 0),
    ]);
    const candidate = BigInt(`0x${hex(await hmacSha256(key, input))}`);
    if (candidate <= order - 2n) return candidate + 1n;
  }
}

function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
