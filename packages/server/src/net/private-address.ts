import { AddressBlocks } from './address-blocks.ts';
import { isLoopback } from './loopback.ts';

/** IPv4 addresses of private networks (RFC 1918). */
const rfc1918 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const privateIpv4 = new AddressBlocks(rfc1918);

/** Loopback, unspecified, link-local, shared (RFC 6598) and unique local addresses (RFC 4193), besides those of RFC 1918. */
const notPublic = new AddressBlocks([
  ...rfc1918,
  '0.0.0.0',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::',
  '::1',
  'fe80::/10',
  'fc00::/7',
]);

/** Host names that have no address on the internet: one label alone (`latchkey`), and RFC 6762 appendix G, RFC 8375. */
const privateName = /^[^.]+$|\.(local|internal|intranet|private|corp|home|lan|localdomain|home\.arpa)$/i;

/** Whether an address is one of a private network by RFC 1918, in which the /24 commonly is one network. */
export function isPrivateIpv4(address: string): boolean {
  return privateIpv4.contains(address);
}

/** Whether an address has no meaning beyond a machine, a link or a private network. */
export function isPrivateAddress(address: string): boolean {
  return notPublic.contains(address);
}

/** Whether the host of a URL is for a machine or a private network alone, as far as its text says. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isLoopback(host) || isPrivateAddress(host) || (!/^[\d.]+$|:/.test(host) && privateName.test(host));
}
