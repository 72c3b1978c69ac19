import { isIP } from 'node:net';
import { AddressBlocks } from '../net/address-blocks.ts';
import { isLoopback } from '../net/loopback.ts';
import { hasProxyHeader } from './proxy-headers.ts';

/** Finds the address of a client behind trusted proxies. */
export class ClientAddress {
  readonly #proxies: AddressBlocks | undefined;

  /** @param trustedProxies - CIDR blocks or single addresses */
  constructor(trustedProxies: readonly string[]) {
    this.#proxies = trustedProxies.length === 0 ? undefined : new AddressBlocks(trustedProxies);
  }

  /**
   * The last address on the way here that is not a trusted proxy: the peer itself, or an address that a proxy forwarded.
   *
   * @param peer - address of the socket's other end
   * @param forwardedFor - `X-Forwarded-For`; each proxy adds the address it was called from at the end
   */
  of(peer: string, forwardedFor: string | undefined): string {
    return this.#locate(peer, forwardedFor).address;
  }

  /**
   * Whether the headers say that the address is that of a proxy which is not trusted. It is what they claim: a client can
   * send them without a proxy.
   */
  isUntrustedProxy(peer: string, headers: Readonly<Record<string, string | undefined>>): boolean {
    return this.#proxies?.contains(peer) === true
      ? this.#locate(peer, headers['x-forwarded-for']).hopsBefore > 0
      : hasProxyHeader(headers);
  }

  /** Whether a peer is on this machine or a trusted proxy, so that plain HTTP to it is not exposed to a network. */
  isNear(peer: string): boolean {
    return isLoopback(unmapped(peer)) || this.#proxies?.contains(peer) === true;
  }

  /** @returns the client's address, and how many others `X-Forwarded-For` has before it */
  #locate(peer: string, forwardedFor: string | undefined): { address: string; hopsBefore: number } {
    if (this.#proxies === undefined) return { address: unmapped(peer), hopsBefore: 0 };
    const hops = [...(forwardedFor ?? '').split(',').map((hop) => hop.trim()), unmapped(peer)];
    for (let hop = hops.pop(); hop !== undefined; hop = hops.pop()) {
      if (isIP(hop) === 0) break;
      if (!this.#proxies.contains(hop)) return { address: hop, hopsBefore: hops.filter(Boolean).length };
    }
    return { address: unmapped(peer), hopsBefore: 0 };
  }
}

/** @returns an IPv4 address without the prefix that dual-stack sockets add, as in `::ffff:192.0.2.1` */
function unmapped(address: string): string {
  return /^::ffff:(?=\d+\.)/i.test(address) ? address.slice('::ffff:'.length) : address;
}
