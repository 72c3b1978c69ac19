import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An origin that sends the pages of another as a slow line does: in pieces, which a browser paints one by one. */
export interface SlowLine extends AsyncDisposable {
  readonly url: string;
  /** Sends the next piece of the page that is on its way. */
  sendNext(): void;
}

/**
 * @param origin - of the pages
 * @param cuts - where a page is cut: before the first match of each, in this order
 */
export async function startSlowLine(origin: string, cuts: readonly RegExp[]): Promise<SlowLine> {
  let release = () => {};
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    const { accept = '' } = request.headers;
    const answer = await fetch(origin + request.url, { headers: { accept } });
    const body = await answer.text();
    const contentType = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': contentType });
    if (!contentType.startsWith('text/html')) return void response.end(body);
    for (const piece of cut(body, cuts)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      release = resolve;
      response.write(piece);
      await promise;
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sendNext: () => release(),
    async [Symbol.asyncDispose]() {
      release();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function cut(body: string, cuts: readonly RegExp[]): readonly string[] {
  const starts = cuts.map((pattern) => body.search(pattern)).filter((index) => index > 0);
  const places = [0, ...starts.toSorted((a, b) => a - b), body.length];
  return places.slice(1).map((end, index) => body.slice(places[index], end));
}
