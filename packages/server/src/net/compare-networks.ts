import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { addressBlock } from '../limits/address-block.ts';
import { isLoopback } from './loopback.ts';
import { plainAddress } from './plain-address.ts';
import { isPrivateIpv4 } from './private-address.ts';

/**
 * Compares where two addresses are. Of one network are: equal IPv4 addresses, those of one /24 of a private network, and
 * IPv6 addresses of one /64. A machine is one whatever address it is called by, so each address of this machine, loopback
 * included, is compared as all of them.
 *
 * @param listOwn - lists the addresses of this machine
 * @returns `unknown` where one address is IPv4 and the other IPv6, which says nothing of where they are
 */
export function compareNetworks(
  one: string,
  other: string,
  listOwn: () => readonly string[] = listOwnAddresses,
): 'same' | 'different' | 'unknown' {
  const [a, b] = [plainAddress(one), plainAddress(other)];
  if (isSameNetwork(a, b) || (isLoopback(a) && isLoopback(b))) return 'same'; // without asking for interfaces
  const own = ['127.0.0.1', '::1', ...listOwn().map(plainAddress)];
  const addressesOf = (address: string) => (isLoopback(address) || own.includes(address) ? own : [address]);
  const pairs = addressesOf(a).flatMap((x) => addressesOf(b).map((y) => [x, y] as const));
  if (pairs.some(([x, y]) => isSameNetwork(x, y))) return 'same';
  return pairs.some(([x, y]) => isIP(x) !== 0 && isIP(x) === isIP(y)) ? 'different' : 'unknown';
}

function isSameNetwork(one: string, other: string): boolean {
  if (isIP(one) === 0 || isIP(other) === 0) return false;
  if (addressBlock(one) === addressBlock(other)) return true;
  return isPrivateIpv4(one) && isPrivateIpv4(other) && slash24(one) === slash24(other);
}

function slash24(address: string): string {
  return address.slice(0, address.lastIndexOf('.'));
}

function listOwnAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.map(({ address }) => address),
  );
}
