import type { Bytes, ReceivedResponse } from '@latchkey/wire/http';
import type { ApiFactoryOptions } from '../api-factory-options.ts';

/** A signed request, ready to be sent. */
export interface HttpRequest {
  readonly method: string;
  /** Whether it is sent over TLS. */
  readonly secure: boolean;
  /** Host, with the port where it is not the default one. */
  readonly host: string;
  /** Path with query, percent-encoded. */
  readonly path: string;
  /** Headers, `host` included, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
}

/** How a request is sent, and what becomes of the body of its answer. */
export interface SendOptions {
  /** Aborts the request, and the body of the answer while it arrives. */
  readonly signal: AbortSignal | undefined;
  /** Whether the body of a successful answer is read as a stream. Bodies of error answers are always read as a whole. */
  readonly streams: boolean;
  /** Whether the body is stored bytes, which are passed on without decoding their `content-encoding`. */
  readonly isStored?: boolean;
  /** Called once a body that streams has been read to its end, was cancelled or broke off. */
  onBodyEnd?(): void;
}

/** Sends requests, each once, without retries. */
export interface Transport {
  /** @throws {ClientError} when there is no answer; that of the aborted signal, where that is the reason */
  send(request: HttpRequest, options: SendOptions): Promise<ReceivedResponse<Bytes>>;
  /** Closes its connections. */
  close(): void;
}

/** Options of an `ApiFactory` that say how requests are sent. */
export interface TransportOptions
  extends Pick<ApiFactoryOptions, 'agent' | 'connectTimeoutMs' | 'fetch' | 'maxSockets'> {
  /** Whether requests never go through a proxy: a metadata service is on this machine, or near it. */
  readonly isDirect?: boolean;
}

/** Opens a transport. */
export type OpenTransport = (options: TransportOptions) => Promise<Transport>;
