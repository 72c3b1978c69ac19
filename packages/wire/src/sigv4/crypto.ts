import { encodeUtf8 } from '../values/utf8.ts';

/** Hash functions that SigV4 needs. Synchronous ones save a turn of the event loop at each step. */
export interface SigV4Crypto {
  sha256(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** SHA-256 in hex, of bytes or of text in UTF-8, where the platform has it in one step. */
  sha256Hex?(data: Uint8Array | string): string;
}

/** Hash functions of WebCrypto, which every platform has. */
export const webCrypto: SigV4Crypto = {
  async sha256(data) {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', owned(data)));
  },
  async hmacSha256(key, data) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('raw', owned(key), algorithm, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, owned(data)));
  },
};

/** Copies bytes in shared memory, which WebCrypto does not accept. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

export function sha256Hex(data: Uint8Array | string, crypto: SigV4Crypto): string | Promise<string> {
  return crypto.sha256Hex === undefined ? hashInHex(data, crypto) : crypto.sha256Hex(data);
}

async function hashInHex(data: Uint8Array | string, { sha256 }: SigV4Crypto): Promise<string> {
  return hex(await sha256(typeof data === 'string' ? encodeUtf8(data) : data));
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexBytes[byte];
  return text;
}
