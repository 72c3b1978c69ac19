import type { DocumentCodec } from '../document/codec.ts';
import type { Bytes } from '../http.ts';
import { unexpected } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { asStream } from '../values/bytes.ts';
import { bodyBytes } from '../values/utf8.ts';
import type { EventDocuments, EventStreamCodec, EventValue } from './codec.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

/** Writes and reads the events of one input or output, on the client side. */
export interface ClientEvents {
  /** @param initial in RPC protocols, the document with the other members */
  write(events: unknown, initial?: Uint8Array): ReadableStream<Uint8Array>;
  read(body: Bytes, takesInitial: boolean): ReturnType<EventStreamCodec['read']>;
}

/** @throws {TypeError} when the client was made without the codec of event streams */
export function clientEvents(
  union: StructureSchema,
  codec: DocumentCodec,
  eventStreams: EventStreamCodec | undefined,
): ClientEvents {
  if (eventStreams === undefined)
    throw new TypeError(
      `Cannot stream the events of ${union.name}: the client was made without eventStreams`,
    );
  const documents = eventDocuments(codec);
  return {
    write(events, initial) {
      if (!isAsyncIterable(events)) throw unexpected(events, 'an async iterable of events');
      const first = initial && ({ type: 'initial-request', body: initial } as const);
      return eventStreams.write(union, documents, events, first);
    },
    read: (body, takesInitial) => eventStreams.read(union, documents, asStream(body), takesInitial),
  };
}

/** Adapts a protocol's codec to the documents inside events. */
export function eventDocuments({ mediaType, reader, writer }: DocumentCodec): EventDocuments {
  return {
    mediaType,
    writer(structure) {
      const write = writer({ target: structure });
      return (value) => bodyBytes(write(value));
    },
    reader(structure) {
      const read = reader({ target: structure });
      return (body) => read(body) as Record<string, unknown>;
    },
  };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<EventValue> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
