import { platform } from './platform/platform.ts';
import { halfDuplex } from './transport/half-duplex.ts';
import { NodeAgents } from './transport/node-agents.ts';
import { refuseNodeOptions } from './transport/node-options.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport } from './transport/transport.ts';

export type {
  HttpRequest,
  OpenTransport,
  SendOptions,
  Transport,
  TransportOptions,
} from './transport/transport.ts';

/**
 * Opens a transport over HTTP/2. Where `fetch` is given, or there is no `node:http2`, it is `fetch`: that may speak
 * HTTP/2, too, but cannot send and receive at once, so events can only be received.
 */
export const http2: OpenTransport = async (options) => {
  const { agent, connectTimeoutMs = 10_000, fetch, maxSockets } = options;
  if (fetch !== undefined || platform === 'web') return halfDuplex(await openTransport(options));
  if (platform !== 'node') refuseNodeOptions({ agent, maxSockets }, `on ${platform}`);
  const { nodeHttp2Transport } = await import('./transport/node-http2.ts');
  const agents = platform === 'node' ? new NodeAgents({ agent }) : undefined;
  return nodeHttp2Transport({ connectTimeoutMs, idleTimeoutMs: 20_000, agents });
};
