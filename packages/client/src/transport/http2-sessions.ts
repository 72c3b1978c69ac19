import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { ClientError } from '../client-error.ts';
import { noConnection } from './connect-timeout.ts';
import type { HttpRequest } from './transport.ts';

export interface Http2SessionOptions {
  /** Time limit for opening a connection, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept, in milliseconds. */
  readonly idleTimeoutMs: number;
}

interface KeptSession {
  readonly session: ClientHttp2Session;
  readonly origin: string;
  streams: number;
}

/** HTTP/2 error code NO_ERROR (RFC 9113, section 7). */
export const noError = 0;

/** Flow-control window in bytes: what a service may send per round trip. With the default of 64 KiB, Kinesis falls behind. */
const windowBytes = 1_048_576;

/** Connections by origin, shared by requests. They keep the process alive only while a request uses them. */
export class Http2Sessions {
  readonly #options: Http2SessionOptions;
  readonly #kept = new Set<KeptSession>();

  constructor(options: Http2SessionOptions) {
    this.#options = options;
  }

  /** Starts a request on a connection that has room for another stream, else on a new one. */
  request(
    { secure, host }: Pick<HttpRequest, 'secure' | 'host'>,
    headers: OutgoingHttpHeaders,
    endStream: boolean,
  ): ClientHttp2Stream {
    const kept = this.#open(`http${secure ? 's' : ''}://${host}`, host);
    const { session } = kept;
    const stream = session.request(headers, { endStream });
    if (kept.streams === 0) {
      session.ref();
      session.setTimeout(0);
    }
    kept.streams += 1;
    stream.once('close', () => {
      kept.streams -= 1;
      if (kept.streams > 0 || session.destroyed) return;
      session.setTimeout(this.#options.idleTimeoutMs);
      session.unref();
    });
    return stream;
  }

  close(): void {
    const error = new ClientError('closed', 'The ApiFactory was closed');
    for (const { session } of this.#kept) session.destroy(error, noError);
  }

  #open(origin: string, host: string): KeptSession {
    for (const kept of this.#kept) {
      const { session, streams } = kept;
      const { maxConcurrentStreams = Infinity } = session.remoteSettings;
      const isOpen = !session.closed && !session.destroyed;
      if (kept.origin === origin && isOpen && streams < maxConcurrentStreams) return kept;
    }
    return this.#connect(origin, host);
  }

  #connect(origin: string, host: string): KeptSession {
    const { connectTimeoutMs } = this.#options;
    const settings = { enablePush: false, initialWindowSize: windowBytes };
    const session = process.getBuiltinModule('node:http2').connect(origin, { settings });
    const kept = { session, origin, streams: 0 };
    const timer = setTimeout(() => session.destroy(noConnection(host, connectTimeoutMs)), connectTimeoutMs);
    session.once('connect', () => {
      clearTimeout(timer);
      session.setLocalWindowSize(windowBytes);
    });
    session.once('timeout', () => session.close());
    // GOAWAY: no new streams; those under way are finished or refused by the server.
    session.once('goaway', () => session.close());
    // Without a listener the error would end the process. Each stream fails with the same error, and reports it.
    session.on('error', () => {});
    session.once('close', () => {
      clearTimeout(timer);
      this.#kept.delete(kept);
    });
    this.#kept.add(kept);
    return kept;
  }
}
