import type { Bytes, ClientRequest } from '../http.ts';
import type { OperationSchema } from '../schema.ts';
import { asStream } from '../values/bytes.ts';

/** Smaller bodies are sent uncompressed. The same default as in AWS's clients. */
const defaultMinimumBytes = 10_240;

export interface RequestCompressionOptions {
  /** Size in bytes from which a whole body is compressed. A streaming body always is. Default: 10240. */
  readonly minimumBytes?: number;
}

/**
 * Compresses the body of a request, where the operation asks for it (`smithy.api#requestCompression`) and the body is
 * large enough.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export async function compressRequest(
  request: ClientRequest,
  { requestCompression = [] }: OperationSchema,
  { minimumBytes = defaultMinimumBytes }: RequestCompressionOptions = {},
): Promise<ClientRequest> {
  const { body } = request;
  const isStream = !(body instanceof Uint8Array);
  if (!requestCompression.includes('gzip') || (!isStream && body.length < minimumBytes)) return request;
  const { 'content-length': _length, 'content-encoding': encoding, ...headers } = request.headers;
  const compressed = gzip(body);
  return {
    ...request,
    headers: { ...headers, 'content-encoding': encoding === undefined ? 'gzip' : `${encoding}, gzip` },
    body: isStream ? compressed : new Uint8Array(await new Response(compressed).arrayBuffer()),
  };
}

function gzip(body: Bytes): ReadableStream<Uint8Array> {
  return asStream(body).pipeThrough(new CompressionStream('gzip'));
}
