import { fetchTransport } from './fetch.ts';
import { refuseNodeOptions } from './node-options.ts';
import type { Transport, TransportOptions } from './transport.ts';

export async function openTransport({ fetch, ...options }: TransportOptions): Promise<Transport> {
  refuseNodeOptions(options, 'here');
  return fetchTransport(fetch ?? globalThis.fetch);
}
