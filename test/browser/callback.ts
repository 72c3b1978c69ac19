import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a program listens with for the browser to come back. */
export interface Callback extends AsyncDisposable {
  /** With the port. */
  readonly redirectUri: string;
  /** What came as `Referer`, a request each. */
  readonly referrers: readonly (string | undefined)[];
}

/** @param host as it stands in a URL */
export async function startCallback(host: string): Promise<Callback> {
  const referrers: (string | undefined)[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (request.url?.startsWith('/oauth/callback')) referrers.push(request.headers.referer);
    response.setHeader('content-type', 'text/html').end('<title>Back in the program</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, host.replace(/[[\]]/g, ''), resolve));
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://${host}:${port}/oauth/callback`,
    referrers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
