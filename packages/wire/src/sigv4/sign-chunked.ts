import { chunkedHeaders, writeChunks } from '../aws-chunked/write.ts';
import type { ClientRequest, WireRequest } from '../http.ts';
import { streamOf } from '../streams/stream-of.ts';
import { ChunkSigner } from './chunk-signer.ts';
import { webCrypto } from './crypto.ts';
import { contentSha256, signedChunks } from './payload-hash.ts';
import { signHeaders } from './sign.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

/**
 * Signs a request, and each chunk of its body and its trailers while they are sent.
 *
 * @param request must have its `host` header. With its `content-length`, that of the framed body is known, too
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function signChunkedSigV4(
  { trailers = {}, ...request }: ClientRequest,
  options: Omit<SigV4SigningOptions, 'unsignedPayload' | 'contentSha256Header'>,
): Promise<WireRequest<ReadableStream<Uint8Array>>> {
  const payload = Object.keys(trailers).length > 0 ? `${signedChunks}-TRAILER` : signedChunks;
  const headers = {
    ...chunkedHeaders({ headers: request.headers, trailers }, true),
    [contentSha256]: payload,
  };
  const signed = await signHeaders({ ...request, headers }, options);
  const signer = new ChunkSigner(signed, options.crypto ?? webCrypto);
  return { ...signed.request, body: streamOf(writeChunks(request.body, trailers, signer)) };
}
