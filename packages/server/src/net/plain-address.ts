import { isIPv4, isIPv6 } from 'node:net';

/**
 * Writes an IP address in its one plain form: an IPv4 address where an IPv6 address stands for one, as on dual-stack sockets
 * (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) and behind NAT64 (`64:ff9b::192.0.2.1`, RFC 6052 section 2.1); otherwise
 * the IPv6 address as RFC 5952 writes it, without zone. Text that is no address is given back as it is.
 */
export function plainAddress(address: string): string {
  // Every request asks: an IPv4 address, also as a dual-stack socket writes it, is known without the parser of URLs.
  if (!address.includes(':')) return address;
  const [, mapped = ''] = /^::ffff:([\d.]+)$/.exec(address) ?? [];
  if (isIPv4(mapped)) return mapped;
  const unzoned = address.replace(/%.*$/, '');
  if (!isIPv6(unzoned)) return address;
  const canonical = new URL(`http://[${unzoned}]/`).hostname.slice(1, -1);
  const [, high, low] = /^(?:::ffff:|64:ff9b::)([0-9a-f]+):([0-9a-f]+)$/.exec(canonical) ?? [];
  return high === undefined || low === undefined ? canonical : [...bytesOf(high), ...bytesOf(low)].join('.');
}

function bytesOf(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}
