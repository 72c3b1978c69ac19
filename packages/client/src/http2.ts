import { platform } from './platform/platform.ts';
import { halfDuplex } from './transport/half-duplex.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport } from './transport/transport.ts';

/**
 * Sends what needs HTTP/2. A `fetch` speaks it, too, where the service does, but not in both directions at once: events
 * only come in.
 */
export const http2: OpenTransport = async (options) => {
  if (options.fetch !== undefined || platform === 'web') return halfDuplex(await openTransport(options));
  const { nodeHttp2Transport } = await import('./transport/node-http2.ts');
  return nodeHttp2Transport({ connectTimeoutMs: options.connectTimeoutMs ?? 10_000, idleTimeoutMs: 20_000 });
};
