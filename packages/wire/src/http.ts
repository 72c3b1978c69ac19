/**
 * An HTTP request as plain data, so that codecs and handlers need no socket. Adapters for `node:http`, `fetch` and tests
 * make one.
 */
export interface WireRequest<Body = Uint8Array> {
  /** HTTP method in upper case, e.g. `POST`. */
  readonly method: string;
  /** Path as received: percent-encoded, without the query. Starts with `/`. */
  readonly path: string;
  /** Query as received: percent-encoded, without `?`. Empty when there is none. */
  readonly query: string;
  /** Headers by lower-case name. Values of a repeated header are joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
}

/** A request without its body. */
export type RequestHead = Omit<WireRequest, 'body'>;

/** An HTTP response of a server, as plain data. Header names are sent as they are written here. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** An HTTP response as a client received it: whole, or with a body that is still arriving. */
export interface ReceivedResponse<Body = Uint8Array> {
  readonly status: number;
  /** Names in lower case; a repeated header's values joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  /** Whether the platform has decoded the `content-encoding`, so that the body is not the bytes that were sent. */
  readonly isDecoded?: boolean;
}

/** The bytes of a body: whole, or as a stream. */
export type Bytes = Uint8Array | ReadableStream<Uint8Array>;

/** A request of a client, still without `host` and signature. */
export interface ClientRequest extends WireRequest<Bytes> {
  /** Host prefix of the operation (`smithy.api#endpoint`) with its labels filled in, e.g. `data-`. */
  readonly hostPrefix?: string;
  /** Trailers of a streaming body, by lower-case name. The sender frames such a body as `aws-chunked`. */
  readonly trailers?: Readonly<Record<string, Trailer>>;
}

/** A header after the body: its value is known once the body has been read. */
export interface Trailer {
  /** Length of the value in characters, known beforehand. */
  readonly length: number;
  value(): string;
}
