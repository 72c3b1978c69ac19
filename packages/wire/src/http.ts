/**
 * A whole HTTP request as plain data, so that codecs and handlers need no socket.
 * Adapters make one from `node:http`, `fetch` or a test.
 */
export interface WireRequest<Body = Uint8Array> {
  /** Upper case, e.g. `POST`. */
  readonly method: string;
  /** As received, percent-encoded, without the query; starts with `/`. */
  readonly path: string;
  /** As received, percent-encoded, without `?`; empty when there is none. */
  readonly query: string;
  /** Names in lower case; a repeated header's values joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
}

/** What comes before the body of a request. */
export type RequestHead = Omit<WireRequest, 'body'>;

/** A whole HTTP response as plain data. Header names are written as they are to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** An HTTP response as a client received it: whole, or with a body that is still coming in. */
export interface ReceivedResponse<Body = Uint8Array> {
  readonly status: number;
  /** Names in lower case; a repeated header's values joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  /** Whether the platform has undone the `content-encoding`: the body is not what was sent. */
  readonly isDecoded?: boolean;
}

/** A body of bytes: whole, or one that is read as it comes. */
export type Bytes = Uint8Array | ReadableStream<Uint8Array>;

/** A request that a client is about to send, without `host` and signature. */
export interface ClientRequest extends WireRequest<Bytes> {
  /** What `smithy.api#endpoint` puts before the host, labels filled in, e.g. `data-`. */
  readonly hostPrefix?: string;
  /** Headers that follow a body which streams, by name in lower case; whoever sends the request frames it as `aws-chunked`. */
  readonly trailers?: Readonly<Record<string, Trailer>>;
}

/** A header whose value is known once the body has been read. */
export interface Trailer {
  /** How many characters the value will have. */
  readonly length: number;
  value(): string;
}
