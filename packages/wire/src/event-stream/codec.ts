import type { StructureSchema } from '../schema.ts';

/** How a protocol writes the documents inside events. */
export interface EventDocuments {
  /** `application/json`, `application/xml` or `application/cbor`. */
  readonly mediaType: string;
  writer(structure: StructureSchema): (value: object) => Uint8Array;
  reader(structure: StructureSchema): (body: Uint8Array) => Record<string, unknown>;
}

/** An event as callers see it: a union with one member. */
export type EventValue = Readonly<Record<string, unknown>>;

/**
 * Event streams (`application/vnd.amazon.eventstream`), handed to a protocol so that only clients that have one carry
 * the code.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export interface EventStreamCodec {
  /** @param initial the initial request or response of an RPC protocol, as its document */
  write(
    union: StructureSchema,
    documents: EventDocuments,
    events: AsyncIterable<EventValue>,
    initial?: { readonly type: 'initial-request' | 'initial-response'; readonly body: Uint8Array },
  ): ReadableStream<Uint8Array>;

  /**
   * The events of a stream, in order; an error event or exception is thrown by the iterator as `EventStreamError`.
   * `initial` resolves with the body of the initial message when `takesInitial`, else at once with undefined.
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
