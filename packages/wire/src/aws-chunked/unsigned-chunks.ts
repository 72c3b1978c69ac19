import type { ClientRequest } from '../http.ts';
import { contentSha256, unsignedChunksWithTrailer } from '../sigv4/payload-hash.ts';
import { streamOf } from '../streams/stream-of.ts';
import { chunkedHeaders, writeChunks } from './write.ts';

/**
 * Puts a request's trailers behind its body. The chunks are not signed, so TLS must keep the body whole; sign the request
 * itself afterwards.
 */
export function unsignedChunks({ trailers = {}, ...request }: ClientRequest): ClientRequest {
  const headers = chunkedHeaders({ headers: request.headers, trailers }, false);
  return {
    ...request,
    headers: { ...headers, [contentSha256]: unsignedChunksWithTrailer },
    body: streamOf(writeChunks(request.body, trailers)),
  };
}
