import type { Bytes, ReceivedResponse } from '@latchkey/wire/http';
import type { ApiFactoryOptions } from '../api-factory-options.ts';

/** A signed request, ready for the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Whether it goes over TLS. */
  readonly secure: boolean;
  /** With the port, where it is not the usual one. */
  readonly host: string;
  /** Percent-encoded, with the query. */
  readonly path: string;
  /** Names in lower case, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
}

export interface SendOptions {
  /** Ends the sending, and a body that is still coming in. */
  readonly signal: AbortSignal | undefined;
  /** Whether to hand out the body of a success while it is coming in. Bodies of errors are always whole. */
  readonly streams: boolean;
}

/** Sends requests, each once. */
export interface Transport {
  /** @throws {ClientError} when there is no answer; for the reason of the signal, when that was why */
  send(request: HttpRequest, options: SendOptions): Promise<ReceivedResponse<Bytes>>;
  /** Closes its connections. */
  close(): void;
}

/** Opens a transport with the settings of an `ApiFactory`. */
export type OpenTransport = (
  options: Pick<ApiFactoryOptions, 'fetch' | 'connectTimeoutMs'>,
) => Promise<Transport>;
