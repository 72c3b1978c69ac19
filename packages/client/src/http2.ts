import { platform } from './platform/platform.ts';
import { halfDuplex } from './transport/half-duplex.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport } from './transport/transport.ts';

/**
 * Opens a transport over HTTP/2. Where `fetch` is given, or there is no `node:http2`, it is `fetch`: that may speak
 * HTTP/2, too, but cannot send and receive at once, so events can only be received.
 */
export const http2: OpenTransport = async (options) => {
  if (options.fetch !== undefined || platform === 'web') return halfDuplex(await openTransport(options));
  const { nodeHttp2Transport } = await import('./transport/node-http2.ts');
  return nodeHttp2Transport({ connectTimeoutMs: options.connectTimeoutMs ?? 10_000, idleTimeoutMs: 20_000 });
};
