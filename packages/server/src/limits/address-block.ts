import { isIPv6 } from 'node:net';

/**
 * The address block that limits count as one address: an IPv4 address, or the /64 that one IPv6 customer is given.
 *
 * @param address as the socket or a trusted proxy states it
 */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(address)) return address;
  const hexOnly = address.replace(/%.*$/, '').replace(/[\d.]*\.\d+$/, '0:0'); // an IPv4 end is two groups
  const [head = '', tail] = hexOnly.split('::');
  const groups = head === '' ? [] : head.split(':');
  const tailGroups = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - tailGroups.length;
  const full = [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...tailGroups];
  return `${full
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
