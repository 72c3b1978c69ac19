import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { fetchTransport } from './fetch.ts';
import type { Transport } from './transport.ts';

export async function openTransport({ fetch }: Pick<ApiFactoryOptions, 'fetch'>): Promise<Transport> {
  return fetchTransport(fetch ?? globalThis.fetch);
}
