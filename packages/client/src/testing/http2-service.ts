import { once } from 'node:events';
import { createSecureServer, createServer, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { EventValue } from '@latchkey/wire';
import type { WireRequest } from '@latchkey/wire/http';
import { verifyEvents } from '@latchkey/wire/sigv4/verify-events';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { eventStreams } from '../event-streams.ts';
import { documents, readings } from './readings.ts';
import type { Received } from './stub-service.ts';
import { verifyRequest, wireRequestOf } from './verify-request.ts';

export interface Http2Service {
  readonly url: string;
  /** Sessions opened so far, in order. */
  readonly sessions: readonly Http2Session[];
}

/** Answers a stream. Its request headers have the names of HTTP/1.1. */
export type Http2Answer = (stream: ServerHttp2Stream, received: Received) => unknown;

/** Serves HTTP/2 on loopback until the test ends: over TLS where a certificate for `localhost` is given, else without. */
export async function startHttp2Service(
  t: TestContext,
  answer: Http2Answer,
  certificate?: { readonly cert: string; readonly key: string },
): Promise<Http2Service> {
  const sessions: Http2Session[] = [];
  const server = certificate === undefined ? createServer() : createSecureServer(certificate);
  server.on('session', (session) => sessions.push(session));
  server.on(
    'stream',
    (stream, { ':method': method = '', ':path': url = '', ':authority': host, ...rest }) => {
      const headers = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith(':')));
      const received = { method, url, headers: { ...headers, host }, body: Buffer.alloc(0) };
      // Whether a stream broke off is tested at the client.
      stream.on('error', () => {});
      void Promise.resolve(answer(stream, received)).catch(() => stream.destroy());
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return { url, sessions };
}

/** Answers events while they arrive, and checks the signature of each. */
export function conversation(
  nowMs: number,
  answers: (events: AsyncIterable<EventValue>) => AsyncIterable<EventValue>,
): Http2Answer {
  return async (stream, received) => {
    const verified = await verifyRequest(received, nowMs);
    if (verified.kind !== 'verified') {
      stream.respond({ ':status': 403, 'x-amzn-errortype': verified.code });
      stream.end('{}');
      return;
    }
    const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    const request: WireRequest<ReadableStream<Uint8Array>> = { ...wireRequestOf(received), body };
    const { events } = eventStreams.read(readings, documents, verifyEvents(request, verified), false);
    stream.respond({ ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' });
    const messages = eventStreams.write(readings, documents, answers(events));
    for await (const message of chunksOf(messages)) {
      if (!stream.write(message)) await once(stream, 'drain');
    }
    stream.end();
  };
}
