import { reporting, unexpected } from '../misfit.ts';
import { streamOf } from '../streams/stream-of.ts';
import { asStream } from '../values/bytes.ts';
import type { EventDocuments, EventStreamCodec, EventValue } from './codec.ts';
import { eventDocuments } from './event-documents.ts';
import { decodeMessage, encodeMessage, type Message } from './message.ts';
import { eventReader } from './read-event.ts';
import { readMessages } from './read-messages.ts';
import { eventWriter } from './write-event.ts';

/** Codec of event streams, for clients and servers. */
export const eventStreams: EventStreamCodec = {
  ofClient(union, codec) {
    const documents = eventDocuments(codec);
    return {
      write(events, initial) {
        if (!isAsyncIterable(events)) throw unexpected(events, 'an async iterable of events');
        const first = initial && ({ type: 'initial-request', body: initial } as const);
        return eventStreams.write(union, documents, events, first);
      },
      read: (body, takesInitial) => eventStreams.read(union, documents, asStream(body), takesInitial),
    };
  },

  write(union, documents, events, initial) {
    const write = eventWriter(union, documents);
    return streamOf(
      (async function* () {
        if (initial !== undefined) yield encodeMessage(initialMessage(initial, documents));
        for await (const event of events) {
          yield reporting('unwritable', () => encodeMessage(write(event)));
        }
      })(),
    );
  },

  read(union, documents, body, takesInitial) {
    const messages = decoded(body);
    const read = eventReader(union, documents);
    async function* events(first?: Promise<IteratorResult<Message, void>>): AsyncGenerator<EventValue> {
      try {
        let next = await (first ?? messages.next());
        while (next.done !== true) {
          const message = next.value;
          const event = reporting('malformed', () => (isInitial(message) ? undefined : read(message)));
          if (event !== undefined) yield event;
          next = await messages.next();
        }
      } finally {
        await messages.return();
      }
    }
    if (!takesInitial) return { initial: Promise.resolve(undefined), events: events() };
    const first = messages.next();
    const initial = first.then(({ value }) => (value && isInitial(value) ? value.payload : undefined));
    return { initial, events: events(first) };
  },
};

function isAsyncIterable(value: unknown): value is AsyncIterable<EventValue> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* decoded(body: ReadableStream<Uint8Array>): AsyncGenerator<Message, void, undefined> {
  for await (const bytes of readMessages(body)) yield reporting('malformed', () => decodeMessage(bytes));
}

function initialMessage(
  { type, body }: NonNullable<Parameters<EventStreamCodec['write']>[3]>,
  { mediaType }: EventDocuments,
): Message {
  return {
    headers: {
      ':message-type': { type: 'string', value: 'event' },
      ':event-type': { type: 'string', value: type },
      ':content-type': { type: 'string', value: mediaType },
    },
    payload: body,
  };
}

/** Whether a message is an initial request or response. Some services send one even where no member needs it. */
function isInitial({ headers }: Message): boolean {
  const type = headers[':event-type']?.value;
  return type === 'initial-request' || type === 'initial-response';
}
