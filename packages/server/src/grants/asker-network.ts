import { isIP } from 'node:net';
import type { Config } from '../config/config.ts';
import { AddressBlocks } from '../net/address-blocks.ts';
import { compareNetworks } from '../net/compare-networks.ts';
import { isLoopback } from '../net/loopback.ts';
import { isPrivateAddress, isPrivateHost } from '../net/private-address.ts';
import type { Origin } from '../origin.ts';

/**
 * Where a device request came from, compared with the browser in which it is answered:
 *
 * - `same`, `different`: the same network, or another.
 * - `behindProxy`: not known, because one of the addresses may be that of a proxy which is not in `trustedProxies`.
 * - `otherIpVersion`: not known, because one address is IPv4 and the other IPv6.
 */
export type AskerNetwork = 'same' | 'different' | 'behindProxy' | 'otherIpVersion';

/**
 * Compares the network that a device request came from with that of the browser (docs/decisions/0017). Of headers that speak
 * of a proxy only the browser's count: a device that wants to look harmless can send any.
 *
 * @param askedFrom - address that the request came from
 * @param origin - of the browser
 */
export function compareAskerNetwork(
  config: Pick<Config, 'baseUrl' | 'tls' | 'trustedProxies'>,
  askedFrom: string,
  origin: Origin,
): AskerNetwork {
  const isKnown =
    origin.viaUntrustedProxy !== true &&
    !isBehindUnnamedProxy(config) &&
    isClientAddress(config, askedFrom) &&
    isClientAddress(config, origin.address);
  if (!isKnown) return 'behindProxy';
  const compared = compareNetworks(askedFrom, origin.address);
  return compared === 'unknown' ? 'otherIpVersion' : compared;
}

/** Whether people come by https and this server speaks plain http: a proxy stands between, and is not named. */
function isBehindUnnamedProxy({
  baseUrl,
  tls,
  trustedProxies,
}: Pick<Config, 'baseUrl' | 'tls' | 'trustedProxies'>) {
  return baseUrl.startsWith('https:') && tls === undefined && trustedProxies.length === 0;
}

/**
 * Whether an address can be that of a client. At a public URL clients have public addresses; a private one is that of a
 * proxy, unless trusted proxies say whom they forward for.
 */
function isClientAddress(
  { baseUrl, trustedProxies }: Pick<Config, 'baseUrl' | 'trustedProxies'>,
  address: string,
): boolean {
  if (isIP(address) === 0) return false;
  const { hostname } = new URL(baseUrl);
  if (isLoopback(address) && isLoopback(hostname)) return true;
  if (trustedProxies.length > 0 && new AddressBlocks(trustedProxies).contains(address)) return false;
  if (isLoopback(address)) return isPrivateHost(hostname);
  return trustedProxies.length > 0 || isPrivateHost(hostname) || !isPrivateAddress(address);
}
