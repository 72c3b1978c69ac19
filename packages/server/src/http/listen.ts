import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { WireResponse } from '@latchkey/wire';
import type { Config } from '../config/config.ts';
import type { Dropped } from '../limits/drops.ts';
import type { Warn } from '../limits/warn-once.ts';
import { Admission } from './admission.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import { type Binding, bind } from './bind.ts';
import { BodyReader } from './body-reader.ts';
import { type Certificate, readCertificateSync } from './certificate.ts';
import { ClientAddress } from './client-address.ts';
import { Connections } from './connections.ts';
import { Exchange, type ExchangeParts } from './exchange.ts';
import { mostConnections } from './open-files.ts';
import { PlainHttpGate } from './plain-http-gate.ts';
import { describeRefusal, type Refusal } from './refusal.ts';
import { MAX_HEADERS_SEEN } from './request-fault.ts';
import type { IncomingRequest, RefusedRequest, ServedResponse } from './route.ts';

const MAX_HEADER_BYTES = 32 * 1024;
const CLOSE_WITHIN_MS = 800;

/** Limits on what all clients together can make the server hold, and on how long each can make it wait. */
export interface ConnectionBounds {
  /** Connections, and as many again of trusted proxies. */
  readonly maxConnections: number;
  readonly maxHeldBodyBytes: number;
  /** Requests that have arrived and are not yet handled. */
  readonly maxWaitingRequests: number;
  /** Time for the headers to arrive; for https, also for the handshake. */
  readonly headersTimeoutMs: number;
  /** Time for the whole request to arrive. Longer than `headersTimeoutMs`, or Node exchanges the two. */
  readonly requestTimeoutMs: number;
  /** Time for which a connection is kept between two requests; Node waits a second longer than it says. */
  readonly keepAliveTimeoutMs: number;
  /** Interval at which Node looks for requests past their timeout; they may take that much longer. */
  readonly checkTimeoutsMs: number;
}

const BOUNDS: ConnectionBounds = {
  maxConnections: 10_000,
  maxHeldBodyBytes: 128 * 1024 * 1024,
  maxWaitingRequests: 2_000,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 130_000,
  checkTimeoutsMs: 1_000,
};

/** The certificate of an https listener: paths of PEM files, or what is in them. */
type Tls = NonNullable<Config['tls']> | Certificate;

export interface Listener {
  readonly port: number;
  /** What https is served with; `undefined` for plain HTTP. */
  readonly certificate: Certificate | undefined;
  /** Serves another certificate to connections that begin from now on. @throws when it is not valid */
  replaceCertificate(certificate: Certificate): void;
  /** Ends each connection with the next answer on it. Connections are still accepted. */
  drain(): void;
  /**
   * Stops accepting connections, lets requests in flight finish, and closes what has not ended by then. May be called again.
   *
   * @param withinMs - the longest time that requests in flight are given, in milliseconds. Default: 800
   */
  close(withinMs?: number): Promise<void>;
}

export interface ListenOptions {
  /** Told of proxies that do not do their part. */
  readonly warn?: Warn;
  /** Told of what was given up, and of whose it was. */
  readonly drop?: (what: Dropped, address: string) => void;
  /** Answers a request that is refused. Never rejects. Default: as text */
  readonly handleRefused?: (request: RefusedRequest) => Promise<WireResponse>;
}

/**
 * Listens for HTTP or HTTPS requests.
 *
 * @param now - gives the `Date` of every answer, by which SDKs correct their clocks
 * @param handle - never rejects
 */
export async function listen(
  config: Pick<Config, 'listen' | 'trustedProxies'> &
    Partial<Pick<Config, 'baseUrl'>> & { readonly tls?: Tls },
  now: () => number,
  handle: (request: IncomingRequest) => Promise<ServedResponse>,
  change: Partial<ConnectionBounds> = {},
  {
    warn = () => {},
    drop = () => {},
    handleRefused = async ({ refusal }) => asText(refusal),
  }: ListenOptions = {},
): Promise<Listener> {
  const bounds = { ...BOUNDS, ...change };
  const clientAddress = new ClientAddress(config.trustedProxies, warn);
  const certificate = config.tls && ('cert' in config.tls ? config.tls : readCertificateSync(config.tls));
  const server = createServer(certificate, bounds);
  server.maxHeadersCount = MAX_HEADERS_SEEN;
  answerUnreadable(server);
  let isDraining = false;
  const parts: ExchangeParts = {
    clientAddress,
    plainHttp: new PlainHttpGate(config, clientAddress, warn),
    connections: new Connections(server, {
      max: Math.min(bounds.maxConnections, mostConnections(config.trustedProxies.length > 0 ? 2 : 1)),
      isTls: config.tls !== undefined,
      isTrustedProxy: (peer) => clientAddress.isTrusted(peer),
      onClosed: (peer) => drop('connection', peer),
    }),
    bodies: new BodyReader(bounds.maxHeldBodyBytes),
    admission: new Admission(bounds.maxWaitingRequests),
    ...{ handle, handleRefused, drop, now },
    isDraining: () => isDraining,
  };
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    new Exchange(message, response, parts).begin();
  });
  const binding = await bind(server, config.listen);
  return {
    port: binding.port,
    certificate,
    replaceCertificate: (other) => (server as HttpsServer).setSecureContext({ ...other }),
    drain() {
      isDraining = true;
    },
    close: (withinMs = CLOSE_WITHIN_MS) => closeServer(server, binding, withinMs),
  };
}

/** Takes `node:http` from `getBuiltinModule`, because an import of it would also load Node's fetch, half of a cold start. */
function createServer(certificate: Certificate | undefined, bounds: ConnectionBounds): Server {
  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: bounds.headersTimeoutMs,
    requestTimeout: bounds.requestTimeoutMs,
    keepAliveTimeout: bounds.keepAliveTimeoutMs,
    connectionsCheckingInterval: bounds.checkTimeoutsMs,
    requireHostHeader: false, // findRequestFault asks for it, and says so
  };
  if (certificate === undefined) return process.getBuiltinModule('node:http').createServer(options);
  return process.getBuiltinModule('node:https').createServer({
    ...options,
    ...certificate,
    handshakeTimeout: bounds.headersTimeoutMs,
  });
}

function asText(refusal: Refusal): WireResponse {
  const body = `${describeRefusal(refusal)}\n`;
  return { status: refusal.status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

function closeServer(server: Server, binding: Binding, withinMs: number): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), withinMs);
  const closed = binding.close().then(() => clearTimeout(cutOff));
  server.closeIdleConnections();
  return closed;
}
