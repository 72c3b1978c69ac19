import { platform } from '../platform/platform.ts';
import { fetchTransport } from './fetch.ts';
import { refuseNodeOptions } from './node-options.ts';
import type { Transport, TransportOptions } from './transport.ts';

/**
 * Opens the fastest transport of the platform, or one over the program's `fetch`.
 *
 * @throws {ClientError} `unsupported` for options that this transport cannot follow
 */
export async function openTransport({ fetch, ...options }: TransportOptions): Promise<Transport> {
  if (fetch !== undefined) refuseNodeOptions(options, 'where `fetch` is given');
  if (fetch !== undefined) return fetchTransport(fetch);
  if (platform !== 'node') refuseNodeOptions(options, `on ${platform}`);
  if (platform !== 'node') return fetchTransport(globalThis.fetch);
  const { agent, connectTimeoutMs = 10_000, maxSockets } = options;
  if (agent !== undefined) refuseNodeOptions({ maxSockets }, 'beside `agent`, which has its own');
  const { nodeTransport } = await import('../platform/node.ts');
  return nodeTransport({ ...options, connectTimeoutMs });
}
