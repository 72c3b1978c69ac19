import type { DocumentCodec } from '../document/codec.ts';
import type { Bytes } from '../http.ts';
import { unexpected } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { asStream } from '../values/bytes.ts';
import { bodyBytes } from '../values/utf8.ts';
import type { EventDocuments, EventStreamCodec, EventValue } from './codec.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

/** The events of one input or output, as a protocol of the client end sends and receives them. */
export interface ClientEvents {
  /** @param initial the document of the members beside the events, in RPC protocols */
  write(events: unknown, initial?: Uint8Array): ReadableStream<Uint8Array>;
  read(body: Bytes, takesInitial: boolean): ReturnType<EventStreamCodec['read']>;
}

/** @throws {TypeError} when the client was made without event streams */
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

/** The documents of a protocol, as events carry them. */
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
