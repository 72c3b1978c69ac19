import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireResponse } from '@latchkey/wire';
import type { Config } from '../config/config.ts';
import { ClientAddress } from './origin.ts';
import type { IncomingRequest } from './route.ts';

/** Longer bodies are not read; the largest that a real client sends is some 6 KiB. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 32 * 1024;
const MAX_CONNECTIONS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const CLOSE_WITHIN_MS = 800;

export interface Listener {
  readonly port: number;
  /** Stops taking connections, lets requests in flight finish, and cuts off what has not ended after 0.8 s. */
  close(): Promise<void>;
}

/**
 * @param now - gives the `Date` of every answer, by which SDKs set their own clocks right
 * @param handle - never rejects
 */
export async function listen(
  config: Pick<Config, 'listen' | 'tls' | 'trustedProxies'>,
  now: () => number,
  handle: (request: IncomingRequest) => Promise<WireResponse>,
): Promise<Listener> {
  const clientAddress = new ClientAddress(config.trustedProxies);
  const server = await createServer(config);
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS + 1;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    if (message.rawHeaders.length > 2 * MAX_HEADERS) return refuseHeaders(response);
    readBody(message, response, (body) => {
      const request = toRequest(message, clientAddress, body);
      handle(request)
        .then((answer) => send(response, answer, { nowMs: now(), headOnly: message.method === 'HEAD' }))
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.listen.port, config.listen.host, () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

/** `node:http` by `getBuiltinModule`: an import of it would also load the bundled fetch, half of a cold start. */
async function createServer({ tls }: Pick<Config, 'tls'>): Promise<Server> {
  const options = { maxHeaderSize: MAX_HEADER_BYTES };
  if (tls === undefined) return process.getBuiltinModule('node:http').createServer(options);
  const https = process.getBuiltinModule('node:https');
  return https.createServer({ ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
}

/** @param done - called once with the body, or with `undefined` where it is longer than is taken */
function readBody(
  message: IncomingMessage,
  response: ServerResponse,
  done: (body: Uint8Array | undefined) => void,
): void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const onData = (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      return;
    }
    message.off('data', onData).off('end', onEnd).resume();
    response.setHeader('connection', 'close');
    done(undefined);
  };
  const onEnd = () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  message
    .on('data', onData)
    .on('end', onEnd)
    .on('error', () => response.destroy());
}

function toRequest(
  message: IncomingMessage,
  clientAddress: ClientAddress,
  body: Uint8Array | undefined,
): IncomingRequest {
  const target = originForm(message.url ?? '/');
  const mark = target.indexOf('?');
  const headers = message.headers as IncomingRequest['headers'];
  return {
    method: message.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: body ?? new Uint8Array(),
    oversized: body === undefined,
    origin: {
      address: clientAddress.of(message.socket.remoteAddress ?? '', headers['x-forwarded-for']),
      userAgent: headers['user-agent'] ?? '',
      requestId: crypto.randomUUID(),
    },
  };
}

/** A request target as clients send it to a server; one in the form for proxies is taken, too (RFC 9112 section 3.2.2). */
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

/** As in RFC 9110 section 5.6.7; rendered once a second. */
function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== renderedSecond) {
    renderedSecond = second;
    renderedDate = new Date(nowMs).toUTCString();
  }
  return renderedDate;
}

function refuseHeaders(response: ServerResponse): void {
  const body = `A request may have at most ${MAX_HEADERS} headers\n`;
  response
    .writeHead(431, { connection: 'close', 'content-type': 'text/plain', 'content-length': body.length })
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
