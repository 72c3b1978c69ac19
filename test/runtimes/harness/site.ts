import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Latchkey } from 'latchkey/testing';
import { launchBrowser } from '../../interop/harness/browser.ts';
import { assertSignsIn } from './instance.ts';
import { linesOfPage } from './lines.ts';

/** A web site with one page, which runs one module. */
export interface Site extends AsyncDisposable {
  /** E.g. `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Scripts by path; the page runs `/page.js`. */
  readonly scripts: Map<string, string>;
}

const PAGE = '<!doctype html><title>Sign in</title><script type="module" src="/page.js"></script>';

export async function startSite(): Promise<Site> {
  const scripts = new Map<string, string>();
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const [path = ''] = request.url?.split('?') ?? [];
    const script = scripts.get(path);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    scripts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs alice in from the site's page in Chromium, at an instance that lets it call its APIs. */
export async function assertSignsInFromSite({ origin }: Site, latchkey: Latchkey): Promise<void> {
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const { url: endpoint, region, startUrl } = latchkey;
  const address = `${origin}/?${new URLSearchParams({ endpoint, region, startUrl })}`;
  await assertSignsIn(latchkey, linesOfPage(page, address, /^arn:|Error/));
}
