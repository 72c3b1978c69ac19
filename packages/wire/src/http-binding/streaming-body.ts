import type { DocumentCodec } from '../document/codec.ts';
import { clientEvents, eventStreamType } from '../event-stream/client-events.ts';
import type { EventStreamCodec } from '../event-stream/codec.ts';
import type { Bytes } from '../http.ts';
import { traitsOf } from '../member.ts';
import { at } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { asStream, bytesFrom, lengthOf } from '../values/bytes.ts';
import type { BoundMember } from './bindings.ts';
import type { Draft, Source } from './part.ts';

/** Reads and writes a streaming payload, on the client side. */
export interface StreamingBody {
  readonly defaultMediaType: string;
  readInto(draft: Draft, body: Bytes): void;
  /** @returns undefined when there is no body to send */
  write(source: Source): Bytes | undefined;
  /** Length of the body in bytes, where it is known without reading it. */
  lengthOf(source: Source): number | undefined;
}

/** @returns undefined when the payload is not a streaming one */
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
  const events = clientEvents(union, codec, eventStreams);
  return {
    defaultMediaType: eventStreamType,
    readInto(draft, body) {
      draft[name] = events.read(body, false).events;
    },
    write: ({ [name]: value }) => at(name, () => events.write(value)),
    lengthOf: () => undefined,
  };
}
