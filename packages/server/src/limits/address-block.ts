import { isIPv6 } from 'node:net';
import { plainAddress } from '../net/plain-address.ts';

/**
 * The address block that limits count as one address: an IPv4 address, also one that an IPv6 address stands for, or the /64
 * that one IPv6 customer is given.
 *
 * @param address as the socket or a trusted proxy states it
 */
export function addressBlock(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = [], tail] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
