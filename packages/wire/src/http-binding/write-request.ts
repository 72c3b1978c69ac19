import type { DocumentCodec } from '../document/codec.ts';
import type { EventStreamCodec } from '../event-stream/codec.ts';
import { hostPrefixWriter } from '../host-prefix.ts';
import type { Bytes, ClientRequest } from '../http.ts';
import type { OperationSchema } from '../schema.ts';
import { renderQuery } from '../values/query-string.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { bindingsOf } from './bindings.ts';
import { bodyOf } from './body.ts';
import { headersWriter } from './headers.ts';
import { pathWriter } from './labels.ts';
import type { Source } from './part.ts';
import { queryWriter } from './query.ts';
import { streamingBodyOf } from './streaming-body.ts';
import { parseUriPattern } from './uri-pattern.ts';

const noBody = new Uint8Array();

/**
 * Compiles a client's writer of an operation's requests.
 *
 * @returns a writer that throws `Misfit`
 */
export function requestWriter(
  operation: OperationSchema,
  codec: DocumentCodec,
  eventStreams?: EventStreamCodec,
): (source: Source) => ClientRequest {
  const { http } = operation;
  if (http === undefined) throw new TypeError(`Cannot call ${operation.name}: it has no http trait`);
  const bindings = bindingsOf(operation.input, 'request');
  const pattern = parseUriPattern(http.uri);
  const writePath = pathWriter(pattern, bindings.labels);
  const writeQuery = queryWriter(bindings, pattern);
  const writeHeaders = headersWriter(bindings, 'client');
  const writeHostPrefix = hostPrefixWriter(operation);
  const streaming = streamingBodyOf(bindings.payload, codec, eventStreams);
  const body = streaming ?? bodyOf(bindings, codec, 'request');
  return (source) => {
    const path = writePath(source);
    const query = renderQuery(writeQuery(source));
    const headers = writeHeaders(source);
    const content = body?.write(source);
    if (content !== undefined && body !== undefined) headers['content-type'] ??= body.defaultMediaType;
    const length = streaming?.lengthOf(source);
    if (length !== undefined) headers['content-length'] ??= String(length);
    return { method: http.method, path, query, headers, body: bytesOf(content), ...writeHostPrefix(source) };
  };
}

function bytesOf(content: string | Bytes | undefined): Bytes {
  if (content === undefined) return noBody;
  return typeof content === 'string' ? encodeUtf8(content) : content;
}
