import { BlockList, isIP, isIPv6 } from 'node:net';
import { isLoopback } from '../net/loopback.ts';

/** Finds the address of a client behind trusted proxies. */
export class ClientAddress {
  readonly #proxies = new BlockList();
  readonly #hasProxies: boolean;

  /** @param trustedProxies - CIDR blocks or single addresses */
  constructor(trustedProxies: readonly string[]) {
    this.#hasProxies = trustedProxies.length > 0;
    for (const block of trustedProxies) {
      const [address = '', bits] = block.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.#proxies.addAddress(address, family);
      else this.#proxies.addSubnet(address, Number(bits), family);
    }
  }

  /**
   * The last address on the way here that is not a trusted proxy: the peer itself, or an address that a proxy forwarded.
   *
   * @param peer - address of the socket's other end
   * @param forwardedFor - `X-Forwarded-For`; each proxy adds the address it was called from at the end
   */
  of(peer: string, forwardedFor: string | undefined): string {
    if (!this.#hasProxies) return unmapped(peer);
    const hops = [...(forwardedFor ?? '').split(',').map((hop) => hop.trim()), unmapped(peer)];
    for (let hop = hops.pop(); hop !== undefined; hop = hops.pop()) {
      if (isIP(hop) === 0) break;
      if (!contains(this.#proxies, hop)) return hop;
    }
    return unmapped(peer);
  }

  /** Whether a peer is on this machine or a trusted proxy, so that plain HTTP to it is not exposed to a network. */
  isNear(peer: string): boolean {
    const address = unmapped(peer);
    return isLoopback(address) || contains(this.#proxies, address);
  }
}

function contains(blocks: BlockList, address: string): boolean {
  return blocks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** @returns an IPv4 address without the prefix that dual-stack sockets add, as in `::ffff:192.0.2.1` */
function unmapped(address: string): string {
  return /^::ffff:(?=\d+\.)/i.test(address) ? address.slice('::ffff:'.length) : address;
}
