import { type ChunkReadingOptions, readChunks, type Unchunked } from '../aws-chunked/read.ts';
import type { Bytes, WireRequest } from '../http.ts';
import { ChunkSigner } from './chunk-signer.ts';
import { type SigV4Crypto, webCrypto } from './crypto.ts';
import { contentSha256, signedChunks } from './payload-hash.ts';
import { signingKey } from './signing-key.ts';
import type { SecretHolder } from './verification-options.ts';
import type { SigV4Verified } from './verify.ts';

/**
 * Reads a body of signed `aws-chunked` chunks, after `verifySigV4` has verified the headers. Checks each chunk's
 * signature before passing the chunk on, and that of the trailers.
 *
 * @param request as received
 */
export async function verifyChunks(
  { headers, body }: WireRequest<Bytes>,
  verified: SigV4Verified<SecretHolder>,
  {
    crypto = webCrypto,
    ...limits
  }: Pick<ChunkReadingOptions, 'maxSignedChunkLength'> & { crypto?: SigV4Crypto } = {},
): Promise<Unchunked> {
  const isSigned = headers[contentSha256]?.startsWith(signedChunks) ?? false;
  const key = await signingKey(verified.credentials.secretAccessKey, verified.scope, crypto);
  return readChunks(body, {
    ...limits,
    trailerNames: headers['x-amz-trailer'],
    decodedLength: headers['x-amz-decoded-content-length'],
    signatures: isSigned ? new ChunkSigner({ ...verified, key }, crypto) : undefined,
  });
}
