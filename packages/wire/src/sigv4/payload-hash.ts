import type { Bytes, WireRequest } from '../http.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

export const contentSha256 = 'x-amz-content-sha256';
export const unsignedPayload = 'UNSIGNED-PAYLOAD';
/** Signed chunks. With `-TRAILER` appended, signed trailers follow. */
export const signedChunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
export const unsignedChunksWithTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
export const signedEvents = 'STREAMING-AWS4-HMAC-SHA256-EVENTS';

/**
 * Payload hash of the canonical request: the value of `x-amz-content-sha256`, else the hash of the body.
 *
 * @throws {TypeError} for a streaming body, whose hash is not known before it has been sent
 */
export function payloadHash(
  { headers, body }: WireRequest<Bytes>,
  options: Pick<SigV4SigningOptions, 'unsignedPayload' | 'crypto'>,
): string | Promise<string> {
  const stated = headers[contentSha256];
  if (stated !== undefined) return stated;
  if (options.unsignedPayload === true) return unsignedPayload;
  if (body instanceof Uint8Array) return sha256Hex(body, options.crypto ?? webCrypto);
  throw new TypeError('Cannot sign: the body streams; sign it in chunks, or leave it unsigned');
}
