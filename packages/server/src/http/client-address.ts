import { type Warn, WarnOnce } from '../limits/warn-once.ts';
import { AddressBlocks } from '../net/address-blocks.ts';
import { parseForwardedAddress } from '../net/forwarded-address.ts';
import { isLoopback } from '../net/loopback.ts';
import { plainAddress } from '../net/plain-address.ts';
import { hasProxyHeader } from './proxy-headers.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** A log line shows no more of an entry, which the client may have written. */
const MAX_SHOWN_CHARACTERS = 64;

/**
 * Finds the address of a client behind trusted proxies, in its plain form. `X-Forwarded-For` says it, and no other header
 * (docs/decisions/0018).
 */
export class ClientAddress {
  readonly #proxies: AddressBlocks | undefined;
  readonly #warnings: WarnOnce;

  /**
   * @param trustedProxies - CIDR blocks or single addresses
   * @param warn - told once of each trusted proxy that forwards no readable address
   */
  constructor(trustedProxies: readonly string[], warn: Warn = () => {}) {
    this.#proxies = trustedProxies.length === 0 ? undefined : new AddressBlocks(trustedProxies);
    this.#warnings = new WarnOnce(warn);
  }

  /**
   * The last address on the way here that is not a trusted proxy: the peer itself, or an address that a proxy forwarded.
   * Where an entry that counts cannot be read, it is the peer.
   *
   * @param peer - address of the socket's other end
   * @param headers - `X-Forwarded-For`: each proxy adds the address it was called from at the end
   */
  of(peer: string, headers: Headers): string {
    const { address, unreadable } = this.#locate(peer, headers['x-forwarded-for']);
    if (unreadable !== undefined) {
      this.#warnings.warn(
        address,
        'a trusted proxy sends an X-Forwarded-For that is no address: whoever it forwards for counts as the proxy',
        { proxy: address, entry: unreadable.slice(0, MAX_SHOWN_CHARACTERS) },
      );
    } else if (this.isTrusted(peer) && address === plainAddress(peer) && hasProxyHeader(headers)) {
      this.#warnings.warn(
        address,
        'a trusted proxy sends no X-Forwarded-For: whoever it forwards for counts as the proxy',
        { proxy: address },
      );
    }
    return address;
  }

  /**
   * Whether the headers say that the address is that of a proxy which is not trusted. It is what they claim: a client can
   * send them without a proxy.
   */
  isUntrustedProxy(peer: string, headers: Headers): boolean {
    return this.isTrusted(peer)
      ? this.#locate(peer, headers['x-forwarded-for']).hasMore
      : hasProxyHeader(headers);
  }

  /** Whether a peer is on this machine or a trusted proxy, so that plain HTTP to it is not exposed to a network. */
  isNear(peer: string): boolean {
    return isLoopback(plainAddress(peer)) || this.isTrusted(peer);
  }

  isTrusted(address: string): boolean {
    return this.#proxies?.contains(address) === true;
  }

  /** @returns the client's address; the entry that could not be read; and whether other entries stand before the address */
  #locate(
    peer: string,
    forwardedFor = '',
  ): { readonly address: string; readonly hasMore: boolean; readonly unreadable?: string } {
    let address = peer;
    let [rest, entry] = splitLastEntry(forwardedFor);
    while (entry !== '' && this.isTrusted(address)) {
      const forwarded = parseForwardedAddress(entry);
      if (forwarded === undefined) return { address: plainAddress(peer), hasMore: false, unreadable: entry };
      address = forwarded;
      [rest, entry] = splitLastEntry(rest);
    }
    return { address: plainAddress(address), hasMore: entry !== '' };
  }
}

/** @returns what stands before the last entry of a list, and that entry: `''` where there is none but empty ones */
function splitLastEntry(list: string): readonly [before: string, entry: string] {
  let end = list.length;
  while (end > 0) {
    const comma = list.lastIndexOf(',', end - 1);
    const entry = list.slice(comma + 1, end).trim();
    if (entry !== '') return [list.slice(0, Math.max(comma, 0)), entry];
    end = comma;
  }
  return ['', ''];
}
