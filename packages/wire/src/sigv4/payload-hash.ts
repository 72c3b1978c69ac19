import type { Bytes, WireRequest } from '../http.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

export const contentSha256 = 'x-amz-content-sha256';
export const unsignedPayload = 'UNSIGNED-PAYLOAD';
/** Chunks, each with a signature; `-TRAILER` where signed headers follow. */
export const signedChunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
export const unsignedChunksWithTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
export const signedEvents = 'STREAMING-AWS4-HMAC-SHA256-EVENTS';

/**
 * What stands for the body in the canonical request: what its header says, else its hash.
 *
 * @throws {TypeError} for a body that streams, whose hash is not known before it has been sent
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
