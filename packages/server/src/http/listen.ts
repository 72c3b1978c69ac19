import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireResponse } from '@latchkey/wire';
import type { Config } from '../config/config.ts';
import type { Warn } from '../limits/warn-once.ts';
import { type Body, BodyReader } from './body-reader.ts';
import { ClientAddress } from './client-address.ts';
import type { IncomingRequest } from './route.ts';

const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 32 * 1024;
const CLOSE_WITHIN_MS = 800;

/** Limits on what all clients together can make the server hold, and on how long each can make it wait. */
export interface ConnectionBounds {
  readonly maxConnections: number;
  readonly maxHeldBodyBytes: number;
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
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 5_000,
  checkTimeoutsMs: 1_000,
};

export interface Listener {
  readonly port: number;
  /** Ends each connection with the next answer on it. Connections are still accepted. */
  drain(): void;
  /** Stops accepting connections, lets requests in flight finish, and closes what has not ended after 0.8 s. */
  close(): Promise<void>;
}

/**
 * Listens for HTTP or HTTPS requests.
 *
 * @param now - gives the `Date` of every answer, by which SDKs correct their clocks
 * @param handle - never rejects
 * @param warn - told of proxies that do not do their part
 */
export async function listen(
  config: Pick<Config, 'listen' | 'tls' | 'trustedProxies'>,
  now: () => number,
  handle: (request: IncomingRequest) => Promise<WireResponse>,
  change: Partial<ConnectionBounds> = {},
  warn?: Warn,
): Promise<Listener> {
  const bounds = { ...BOUNDS, ...change };
  const clientAddress = new ClientAddress(config.trustedProxies, warn);
  const bodies = new BodyReader(bounds.maxHeldBodyBytes);
  const isProxied = config.tls === undefined && config.trustedProxies.length > 0;
  let isDraining = false;
  const server = createServer(config, bounds);
  server.maxConnections = bounds.maxConnections;
  server.maxHeadersCount = MAX_HEADERS + 1;
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    if (isProxied && !clientAddress.isNear(message.socket.remoteAddress ?? '')) {
      return refuse(
        response,
        403,
        'Plain HTTP is allowed from trusted proxies and from this machine only: use https',
      );
    }
    if (message.rawHeaders.length > 2 * MAX_HEADERS) {
      return refuse(response, 431, `A request may have at most ${MAX_HEADERS} headers`);
    }
    message.on('error', () => response.destroy());
    bodies.read(message, (body) => {
      if (body === 'noRoom') return refuse(response, 503, 'Too many requests are in flight: try again');
      if (body === 'tooLong') response.setHeader('connection', 'close');
      const request = toRequest(message, clientAddress, body);
      handle(request)
        .then((answer) => {
          if (isDraining) response.shouldKeepAlive = false;
          send(response, answer, { nowMs: now(), headOnly: message.method === 'HEAD' });
        })
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.listen.port, config.listen.host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    drain() {
      isDraining = true;
    },
    close: () => closeServer(server),
  };
}

/** Takes `node:http` from `getBuiltinModule`, because an import of it would also load Node's fetch, half of a cold start. */
function createServer({ tls }: Pick<Config, 'tls'>, bounds: ConnectionBounds): Server {
  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: bounds.headersTimeoutMs,
    requestTimeout: bounds.requestTimeoutMs,
    keepAliveTimeout: bounds.keepAliveTimeoutMs,
    connectionsCheckingInterval: bounds.checkTimeoutsMs,
  };
  if (tls === undefined) return process.getBuiltinModule('node:http').createServer(options);
  return process.getBuiltinModule('node:https').createServer({
    ...options,
    handshakeTimeout: bounds.headersTimeoutMs,
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
  });
}

function toRequest(
  message: IncomingMessage,
  clientAddress: ClientAddress,
  body: Exclude<Body, 'noRoom'>,
): IncomingRequest {
  const target = originForm(message.url ?? '/');
  const mark = target.indexOf('?');
  const headers = message.headers as IncomingRequest['headers'];
  const peer = message.socket.remoteAddress ?? '';
  return {
    method: message.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: body === 'tooLong' ? new Uint8Array() : body,
    oversized: body === 'tooLong',
    origin: {
      address: clientAddress.of(peer, headers),
      get viaUntrustedProxy() {
        return clientAddress.isUntrustedProxy(peer, headers); // asked for by one page alone
      },
      userAgent: headers['user-agent'] ?? '',
      requestId: crypto.randomUUID(),
    },
  };
}

/** @returns the target in origin form, also when it was sent in absolute form, as to a proxy (RFC 9112 section 3.2) */
function originForm(target: string): string {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
}

function send(
  response: ServerResponse,
  { status, headers, body }: WireResponse,
  { nowMs, headOnly }: { readonly nowMs: number; readonly headOnly: boolean },
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const all = { ...headers, date: httpDate(nowMs), 'content-length': length };
  response.writeHead(status, all as Record<string, string | string[] | number>);
  response.end(headOnly ? undefined : body);
}

let renderedSecond = -1;
let renderedDate = '';

/** The date in the format of RFC 9110 section 5.6.7. Rendered once a second. */
function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== renderedSecond) {
    renderedSecond = second;
    renderedDate = new Date(nowMs).toUTCString();
  }
  return renderedDate;
}

/** Answers without handling the request, and closes the connection. */
function refuse(response: ServerResponse, status: number, why: string): void {
  const body = `${why}\n`;
  response
    .writeHead(status, { connection: 'close', 'content-type': 'text/plain', 'content-length': body.length })
    .end(body);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}
