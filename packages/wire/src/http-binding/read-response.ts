import type { EventStreamCodec } from '../event-stream/codec.ts';
import type { Bytes, ReceivedResponse } from '../http.ts';
import type { StructureSchema } from '../schema.ts';
import { bindingsOf } from './bindings.ts';
import { bodyOf } from './body.ts';
import type { DocumentCodec } from './document-codec.ts';
import { headersReader } from './headers.ts';
import type { Draft } from './part.ts';
import { streamingBodyOf } from './streaming-body.ts';

/**
 * Compiles the reader of a structure from a response, for a client.
 *
 * @returns a reader that throws `Misfit` or `WireError`
 */
export function responseReader(
  structure: StructureSchema,
  codec: DocumentCodec,
  eventStreams?: EventStreamCodec,
): (response: ReceivedResponse<Bytes>) => Draft {
  const bindings = bindingsOf(structure, 'response');
  const streaming = streamingBodyOf(bindings.payload, codec, eventStreams);
  const body = streaming === undefined ? bodyOf(bindings, codec, 'response') : undefined;
  const readHeaders = headersReader(bindings, 'client');
  const statusMember = bindings.responseCode?.name;
  return (response) => {
    const draft: Draft = {};
    streaming?.readInto(draft, response.body);
    body?.readInto(draft, wholeBody(response.body));
    readHeaders(draft, response);
    if (statusMember !== undefined) draft[statusMember] = response.status;
    return draft;
  };
}

/** @throws {TypeError} when the caller gave a stream for an output that does not stream */
export function wholeBody(body: Bytes): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new TypeError('Cannot read the body: expected all of its bytes');
}
