import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request, as the service received it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface StubService {
  readonly url: string;
  /** Requests received so far, in order. */
  readonly received: Received[];
}

/** Serves HTTP on loopback until the test ends. `answer` answers every request. */
export async function startStubService(
  t: TestContext,
  answer: (received: Received, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>,
): Promise<StubService> {
  const received: Received[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = request;
      const got = { method, url, headers, body: Buffer.concat(chunks) };
      received.push(got);
      const said = await answer(got, response);
      if (said === undefined) return;
      response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
      response.end(said.body ?? '{}');
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
