/**
 * A whole HTTP request as plain data, so that codecs and handlers need no socket.
 * Adapters make one from `node:http`, `fetch` or a test.
 */
export interface WireRequest {
  /** Upper case, e.g. `POST`. */
  readonly method: string;
  /** As received, percent-encoded, without the query; starts with `/`. */
  readonly path: string;
  /** As received, percent-encoded, without `?`; empty when there is none. */
  readonly query: string;
  /** Names in lower case; a repeated header's values joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A whole HTTP response as plain data. Header names are written as they are to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** A whole HTTP response as a client received it. */
export interface ReceivedResponse {
  readonly status: number;
  /** Names in lower case; a repeated header's values joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}
