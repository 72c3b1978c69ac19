import type { ClientRequest } from '../http.ts';
import { contentSha256, unsignedChunksWithTrailer } from '../sigv4/payload-hash.ts';
import { streamOf } from '../streams/stream-of.ts';
import { chunkedHeaders, writeChunks } from './write.ts';

/**
 * Frames a body as unsigned `aws-chunked` chunks, followed by the trailers. Only TLS protects such a body. The request
 * must be signed afterwards.
 */
export function unsignedChunks({ trailers = {}, ...request }: ClientRequest): ClientRequest {
  const headers = chunkedHeaders({ headers: request.headers, trailers }, false);
  return {
    ...request,
    headers: { ...headers, [contentSha256]: unsignedChunksWithTrailer },
    body: streamOf(writeChunks(request.body, trailers)),
  };
}
