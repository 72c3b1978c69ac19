import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { ClientError } from '../client-error.ts';
import { noConnection } from './connect-timeout.ts';
import type { NodeAgents } from './node-agents.ts';
import type { HttpRequest } from './transport.ts';

export interface Http2SessionOptions {
  /** Time limit for opening a connection, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept, in milliseconds. */
  readonly idleTimeoutMs: number;
  /** Agents that connect through a proxy, or as the program wants it. Undefined: `node:http2` connects. */
  readonly agents?: NodeAgents | undefined;
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
  readonly #connecting = new Map<string, Promise<KeptSession>>();

  constructor(options: Http2SessionOptions) {
    this.#options = options;
  }

  /** Starts a request on a connection that has room for another stream, else on a new one. */
  async request(
    { secure, host }: Pick<HttpRequest, 'secure' | 'host'>,
    headers: OutgoingHttpHeaders,
    endStream: boolean,
  ): Promise<ClientHttp2Stream> {
    const origin = `http${secure ? 's' : ''}://${host}`;
    const kept = this.#find(origin) ?? (await this.#open(origin, host, secure));
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

  #find(origin: string): KeptSession | undefined {
    for (const kept of this.#kept) {
      const { session, streams } = kept;
      const { maxConcurrentStreams = Infinity } = session.remoteSettings;
      const isOpen = !session.closed && !session.destroyed;
      if (kept.origin === origin && isOpen && streams < maxConcurrentStreams) return kept;
    }
    return undefined;
  }

  #open(origin: string, host: string, secure: boolean): KeptSession | Promise<KeptSession> {
    const { agents } = this.#options;
    if (!secure || agents?.connects !== true) return this.#connect(origin, host);
    // Requests that come while a connection is made through a proxy share it.
    const connecting =
      this.#connecting.get(origin) ??
      agents
        .connect(new URL(origin), ['h2'])
        .then((socket) => this.#connect(origin, host, socket))
        .finally(() => this.#connecting.delete(origin));
    this.#connecting.set(origin, connecting);
    return connecting;
  }

  #connect(origin: string, host: string, socket?: Duplex): KeptSession {
    const { connectTimeoutMs } = this.#options;
    const settings = { enablePush: false, initialWindowSize: windowBytes };
    const connection = socket && { createConnection: () => socket };
    const session = process.getBuiltinModule('node:http2').connect(origin, { settings, ...connection });
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
