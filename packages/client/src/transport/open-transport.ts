import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { platform } from '../platform/platform.ts';
import { fetchTransport } from './fetch.ts';
import type { Transport } from './transport.ts';

/** Opens the fastest transport of the platform, or one over the program's `fetch`. */
export async function openTransport({
  fetch,
  connectTimeoutMs = 10_000,
}: Pick<ApiFactoryOptions, 'fetch' | 'connectTimeoutMs'>): Promise<Transport> {
  if (fetch !== undefined) return fetchTransport(fetch);
  if (platform !== 'node') return fetchTransport(globalThis.fetch);
  const { nodeTransport } = await import('../platform/node.ts');
  return nodeTransport({ connectTimeoutMs });
}
