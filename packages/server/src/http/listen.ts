import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { WireResponse } from '@latchkey/wire';
import type { Config } from '../config/config.ts';
import { addressBlocks } from '../limits/address-block.ts';
import type { Dropped } from '../limits/drops.ts';
import type { Warn } from '../limits/warn-once.ts';
import { Admission } from './admission.ts';
import { type Binding, bind } from './bind.ts';
import { type Body, BodyReader } from './body-reader.ts';
import { type Certificate, readCertificateSync } from './certificate.ts';
import { ClientAddress } from './client-address.ts';
import { Connections } from './connections.ts';
import { mostConnections } from './open-files.ts';
import { PlainHttpGate } from './plain-http-gate.ts';
import type { Refusal } from './refusal.ts';
import { findRequestFault, MAX_HEADERS_SEEN } from './request-fault.ts';
import type { IncomingRequest, RefusedRequest } from './route.ts';
import { cutOffUnread } from './unread-answers.ts';

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

const NO_BODY = new Uint8Array();
const RETRY_AFTER_SECONDS = 1;
const NO_ROOM: Refusal = {
  status: 503,
  message: 'Too many requests are in flight: try again',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};
const HEALTH_CHECK = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

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
  /** Stops accepting connections, lets requests in flight finish, and closes what has not ended after 0.8 s. */
  close(): Promise<void>;
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
  handle: (request: IncomingRequest) => Promise<WireResponse>,
  change: Partial<ConnectionBounds> = {},
  {
    warn = () => {},
    drop = () => {},
    handleRefused = async ({ refusal }) => asText(refusal),
  }: ListenOptions = {},
): Promise<Listener> {
  const bounds = { ...BOUNDS, ...change };
  const clientAddress = new ClientAddress(config.trustedProxies, warn);
  const plainHttp = new PlainHttpGate(config, clientAddress, warn);
  const bodies = new BodyReader(bounds.maxHeldBodyBytes);
  const admission = new Admission(bounds.maxWaitingRequests);
  const isTrustedProxy = (peer: string) => clientAddress.isTrusted(peer);
  let isDraining = false;
  const certificate = config.tls && ('cert' in config.tls ? config.tls : readCertificateSync(config.tls));
  const server = createServer(certificate, bounds);
  server.maxHeadersCount = MAX_HEADERS_SEEN;
  const connections = new Connections(server, {
    max: Math.min(bounds.maxConnections, mostConnections(config.trustedProxies.length > 0 ? 2 : 1)),
    isTls: config.tls !== undefined,
    isTrustedProxy,
    onClosed: (peer) => drop('connection', peer),
  });
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    connections.begin(message, response);
    const peer = message.socket.remoteAddress ?? '';
    const address = clientAddress.of(peer, message.headers as IncomingRequest['headers']);
    let isRefused = false;
    const answer = (answered: Promise<WireResponse>): void => {
      answered
        .then((answer) => {
          if (isDraining) response.shouldKeepAlive = false;
          const bytes = send(response, answer, { nowMs: now(), headOnly: message.method === 'HEAD' });
          if (response.writableFinished) return; // the operating system took it all at once
          connections.waitForReader(message);
          cutOffUnread(response, { bytes }, () => drop('unreadAnswer', address));
        })
        .catch(() => response.destroy());
    };
    const refuse = (refusal: Refusal) => {
      isRefused = true;
      if (refusal.retryAfterSeconds !== undefined)
        response.setHeader('retry-after', refusal.retryAfterSeconds);
      answer(handleRefused({ ...toRequest(message, NO_BODY, { address, clientAddress }), refusal }));
    };
    const refuseAndClose = (refusal: Refusal) => {
      response.setHeader('connection', 'close');
      refuse(refusal);
    };
    message.on('error', () => response.destroy());
    const refusal = plainHttp.findRefusal(peer, message.headers) ?? findRequestFault(message);
    if (refusal !== undefined) return refuseAndClose(refusal);
    const holder = addressBlocks(address);
    const keepBody = bodies.read(message, response, holder, {
      noRoom() {
        drop('body', address);
        refuseAndClose(NO_ROOM);
      },
      whole(body) {
        if (body === 'tooLong') response.setHeader('connection', 'close');
        connections.serve(message);
        const request = {
          start() {
            keepBody();
            answer(handle(toRequest(message, body, { address, clientAddress })));
          },
          shed() {
            drop('request', address);
            // A proxy sends the requests of others on the same connection.
            if (!isTrustedProxy(peer)) connections.rest(message, RETRY_AFTER_SECONDS * 1000);
            refuse(NO_ROOM);
          },
          isOver: () => isRefused || response.destroyed,
        };
        admission.enter(request, holder, { isHealthCheck: HEALTH_CHECK.test(message.url ?? '') });
      },
    });
  });
  const binding = await bind(server, config.listen);
  return {
    port: binding.port,
    certificate,
    replaceCertificate: (other) => (server as HttpsServer).setSecureContext({ ...other }),
    drain() {
      isDraining = true;
    },
    close: () => closeServer(server, binding),
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

function toRequest(
  message: IncomingMessage,
  body: Body,
  { address, clientAddress }: { readonly address: string; readonly clientAddress: ClientAddress },
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
    body: body === 'tooLong' ? NO_BODY : body,
    oversized: body === 'tooLong',
    origin: {
      address,
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

/** @returns the length of the body */
function send(
  response: ServerResponse,
  { status, headers, body }: WireResponse,
  { nowMs, headOnly }: { readonly nowMs: number; readonly headOnly: boolean },
): number {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const all = { ...headers, date: httpDate(nowMs), 'content-length': length };
  response.writeHead(status, all as Record<string, string | string[] | number>);
  response.end(headOnly ? undefined : body);
  return length;
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

function asText({ status, message }: Refusal): WireResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` };
}

function closeServer(server: Server, binding: Binding): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  const closed = binding.close().then(() => clearTimeout(cutOff));
  server.closeIdleConnections();
  return closed;
}
