import type { EventStreamCodec, EventValue } from '../event-stream/codec.ts';
import { eventDocuments } from '../event-stream/documents.ts';
import type { Bytes } from '../http.ts';
import { traitsOf } from '../member.ts';
import { at, unexpected } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { asStream, bytesFrom, lengthOf } from '../values/bytes.ts';
import type { BoundMember } from './bindings.ts';
import type { DocumentCodec } from './document-codec.ts';
import type { Draft, Source } from './part.ts';

/** A payload that a client sends or receives piece by piece. */
export interface StreamingBody {
  readonly defaultMediaType: string;
  readInto(draft: Draft, body: Bytes): void;
  /** @returns undefined when there is no body to send */
  write(source: Source): Bytes | undefined;
  /** The length of the body, where it is known without reading it. */
  lengthOf(source: Source): number | undefined;
}

/** @returns undefined when the payload does not stream */
export function streamingBodyOf(
  payload: BoundMember | undefined,
  codec: DocumentCodec,
  eventStreams: EventStreamCodec | undefined,
): StreamingBody | undefined {
  if (payload === undefined || !traitsOf(payload.member).streaming) return undefined;
  return payload.target.type === 'union'
    ? eventsBody(payload.name, payload.target, codec, eventStreams)
    : blobBody(payload);
}

function blobBody({ name, member }: BoundMember): StreamingBody {
  return {
    defaultMediaType: traitsOf(member).mediaType ?? 'application/octet-stream',
    readInto(draft, body) {
      draft[name] = asStream(body);
    },
    write: ({ [name]: value }) =>
      value === undefined || value === null ? undefined : at(name, () => bytesFrom(value)),
    lengthOf: ({ [name]: value }) => lengthOf(value),
  };
}

function eventsBody(
  name: string,
  union: StructureSchema,
  codec: DocumentCodec,
  eventStreams: EventStreamCodec | undefined,
): StreamingBody {
  if (eventStreams === undefined)
    throw new TypeError(
      `Cannot stream the events of ${union.name}: the client was made without eventStreams`,
    );
  const documents = eventDocuments(codec);
  return {
    defaultMediaType: 'application/vnd.amazon.eventstream',
    readInto(draft, body) {
      draft[name] = eventStreams.read(union, documents, asStream(body), false).events;
    },
    write: ({ [name]: value }) => at(name, () => eventStreams.write(union, documents, checkEvents(value))),
    lengthOf: () => undefined,
  };
}

export function checkEvents(value: unknown): AsyncIterable<EventValue> {
  if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
    return value as AsyncIterable<EventValue>;
  throw unexpected(value, 'an async iterable of events');
}
