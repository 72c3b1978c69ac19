import type { DocumentCodec } from '../document/codec.ts';
import type { WireResponse } from '../http.ts';
import type { StructureSchema } from '../schema.ts';
import { bindingsOf } from './bindings.ts';
import type { Body } from './body.ts';
import { bodyOf } from './body.ts';
import { headersWriter } from './headers.ts';
import type { Source } from './part.ts';

export interface ResponseWriter {
  /** The only media type of its bodies. Undefined when there is no body, or when any media type is possible. */
  readonly mediaType: string | undefined;
  /** @throws {Misfit} when the source does not fit the structure */
  write(source: Source): WireResponse;
}

/**
 * Compiles a server's writer of a structure as a response.
 *
 * @param status HTTP status where no member is bound to it
 */
export function responseWriter(
  structure: StructureSchema,
  codec: DocumentCodec,
  status: number,
): ResponseWriter {
  const bindings = bindingsOf(structure, 'response');
  const isTyped = bindings.headers.some(({ at }) => at === 'content-type');
  const hasNone = structure.name === 'Unit' || (isTyped && !codec.answersEmptyDocument);
  const body = bodyOf(bindings, codec, 'response') ?? (hasNone ? undefined : emptyDocument(structure, codec));
  const writeHeaders = headersWriter(bindings, 'server');
  const statusMember = bindings.responseCode?.name;
  return {
    mediaType: body?.mediaType,
    write(source) {
      const content = body?.write(source);
      const headers = writeHeaders(source);
      if (content !== undefined && body !== undefined) headers['content-type'] ??= body.defaultMediaType;
      const given = statusMember === undefined ? undefined : source[statusMember];
      return { status: typeof given === 'number' ? given : status, headers, body: content ?? '' };
    },
  };
}

function emptyDocument(
  structure: StructureSchema,
  codec: DocumentCodec,
): Pick<Body, 'mediaType' | 'defaultMediaType' | 'write'> {
  const write = codec.writer({ target: { ...structure, members: {} } });
  return {
    mediaType: codec.mediaType,
    defaultMediaType: codec.mediaType,
    write: () => (codec.answersEmptyDocument ? write({}) : ''),
  };
}
