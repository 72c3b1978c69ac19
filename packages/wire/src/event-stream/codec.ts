import type { DocumentCodec } from '../document/codec.ts';
import type { Bytes } from '../http.ts';
import type { StructureSchema } from '../schema.ts';

/** Codec of the documents inside events. */
export interface EventDocuments {
  /** `application/json`, `application/xml` or `application/cbor`. */
  readonly mediaType: string;
  writer(structure: StructureSchema): (value: object) => Uint8Array;
  reader(structure: StructureSchema): (body: Uint8Array) => Record<string, unknown>;
}

/** An event, as callers see it: a union with one member. */
export type EventValue = Readonly<Record<string, unknown>>;

/** Writes and reads the events of one input or output, on the client side. */
export interface ClientEvents {
  /** @param initial in RPC protocols, the document with the other members */
  write(events: unknown, initial?: Uint8Array): ReadableStream<Uint8Array>;
  read(body: Bytes, takesInitial: boolean): ReturnType<EventStreamCodec['read']>;
}

/**
 * Codec of event streams (`application/vnd.amazon.eventstream`). It is an option of protocols, so that only clients with
 * event streams contain it.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export interface EventStreamCodec {
  /** @param codec that of the protocol, for the documents inside the events */
  ofClient(union: StructureSchema, codec: DocumentCodec): ClientEvents;

  /** @param initial in RPC protocols, the document of the initial request or response */
  write(
    union: StructureSchema,
    documents: EventDocuments,
    events: AsyncIterable<EventValue>,
    initial?: { readonly type: 'initial-request' | 'initial-response'; readonly body: Uint8Array },
  ): ReadableStream<Uint8Array>;

  /**
   * Reads the events of a stream, in order. The iterator throws an error event or exception as `EventStreamError`.
   * `initial` resolves with the body of the initial message where `takesInitial`, else at once with undefined.
   */
  read(
    union: StructureSchema,
    documents: EventDocuments,
    body: ReadableStream<Uint8Array>,
    takesInitial: boolean,
  ): {
    readonly initial: Promise<Uint8Array | undefined>;
    readonly events: AsyncIterable<EventValue>;
  };
}
