import type { DocumentCodec } from '../document/codec.ts';
import { WireError } from '../error.ts';
import type { WireRequest } from '../http.ts';
import type { OperationSchema } from '../schema.ts';
import { essenceOf } from '../values/media-type.ts';
import type { Bindings } from './bindings.ts';
import { bindingsOf } from './bindings.ts';
import { bodyOf } from './body.ts';
import { headersReader } from './headers.ts';
import { labelsReader } from './labels.ts';
import type { Draft, PartReader } from './part.ts';
import { queryReader } from './query.ts';
import { parseUriPattern } from './uri-pattern.ts';

/**
 * Compiles a server's reader of an operation's requests.
 *
 * @returns a reader that throws `Misfit` or `WireError`
 */
export function requestReader(
  operation: OperationSchema,
  codec: DocumentCodec,
): (request: WireRequest) => Draft {
  const bindings = bindingsOf(operation.input, 'request');
  const parts = [bodyReader(operation, bindings, codec)];
  if (bindings.labels.length > 0)
    parts.push(labelsReader(parseUriPattern(operation.http?.uri ?? ''), bindings.labels));
  if (bindings.query.length > 0 || bindings.queryParams !== undefined) parts.push(queryReader(bindings));
  if (bindings.headers.length > 0 || bindings.prefixHeaders !== undefined)
    parts.push(headersReader(bindings, 'server'));
  return (request) => {
    const draft: Draft = {};
    for (const read of parts) read(draft, request);
    return draft;
  };
}

function bodyReader(
  operation: OperationSchema,
  bindings: Bindings,
  codec: DocumentCodec,
): PartReader<WireRequest> {
  const body = bodyOf(bindings, codec, 'request');
  if (body === undefined) return refuseBody(operation, codec);
  const { mediaType } = body;
  return (draft, request) => {
    if (mediaType !== undefined) checkContentType(mediaType, request);
    body.readInto(draft, request.body);
  };
}

function checkContentType(mediaType: string, { headers, body }: WireRequest): void {
  const contentType = headers['content-type'];
  if (contentType === mediaType) return;
  if (contentType === undefined ? body.length === 0 : essenceOf(contentType) === essenceOf(mediaType)) return;
  const found = contentType === undefined ? 'no content type' : 'another content type';
  throw new WireError('unsupportedMediaType', `Cannot read the body: found ${found}, expected ${mediaType}`);
}

function refuseBody({ name, input }: OperationSchema, codec: DocumentCodec): PartReader<WireRequest> {
  // An input structure without members may get some in a later version, so callers may send an empty document already.
  const mayBeDocument = input.name !== 'Unit' && Object.keys(input.members).length === 0;
  return (_draft, { headers, body }) => {
    const contentType = headers['content-type'];
    if (body.length === 0 || contentType === undefined) return;
    if (mayBeDocument && essenceOf(contentType) === codec.mediaType) return;
    throw new WireError('unsupportedMediaType', `Cannot read the body: ${name} takes none`);
  };
}
