import { hash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { plainAddress } from '../net/plain-address.ts';

/**
 * How many times the share of one address a block may have of what is shared: the /56 and the /48 around an IPv6 /64. One
 * customer may be given either, with 256 or 65,536 of the /64.
 */
const BLOCK_SHARES = { 48: 16, 56: 4, 64: 1 } as const;

/** A block of addresses that counts as one holder of what is shared. */
export interface AddressBlock {
  /** An IPv4 address, or an IPv6 block as `2001:db8:0:0::/64`. */
  readonly name: string;
  /** How many times the share of one address the block may have. */
  readonly shares: number;
}

/**
 * The address block that limits count as one address: an IPv4 address, or the /64 that one IPv6 customer is given.
 *
 * IPv6 addresses that a translator or tunnel makes of an IPv4 address count as that IPv4 address: whoever has it has them all,
 * and no others. These are NAT64 (`64:ff9b::/96`, RFC 6052), 6to4 (`2002::/16`, RFC 3056) and Teredo (`2001::/32`, RFC 4380).
 * In a network's own NAT64 prefix (`64:ff9b:1::/48`, RFC 8215) each address counts by itself where the IPv4 address is not at
 * its end, as the translator makes one of each IPv4 address, and the internet has no way there.
 *
 * @param address as the socket or a trusted proxy states it
 */
export function addressBlock(address: string): string {
  return addressBlocks(address).at(-1)?.name ?? address;
}

/**
 * The blocks that an address counts for, the widest first: an IPv4 address alone, or the /48, /56 and /64 of an IPv6 address.
 *
 * @param address as the socket or a trusted proxy states it; text that is no address is a block by itself
 */
export function addressBlocks(address: string): readonly AddressBlock[] {
  const plain = plainAddress(address);
  if (!plain.includes(':') || !isIPv6(plain)) return [{ name: plain, shares: 1 }];
  const groups = groupsOf(plain);
  const single = embeddedIpv4(groups) ?? (isLocalNat64(groups) ? plain : undefined);
  if (single !== undefined) return [{ name: single, shares: 1 }];
  return ([48, 56, 64] as const).map((bits) => ({
    name: `${prefixOf(groups, bits)}::/${bits}`,
    shares: BLOCK_SHARES[bits],
  }));
}

/**
 * The address block that limits count as one address, in few bytes: the 4 bytes of an IPv4 address, or the 8 bytes of an IPv6
 * /64, of which the first 7 and 6 are its /56 and its /48; 5 bytes of a digest for what has neither.
 *
 * @param address as the socket or a trusted proxy states it
 */
export function addressKey(address: string): Uint8Array {
  const blocks = addressBlocks(address);
  const [widest] = blocks;
  if (blocks.length > 1) {
    return Uint8Array.from(
      groupsOf(plainAddress(address))
        .slice(0, 4)
        .flatMap((group) => [group >> 8, group & 0xff]),
    );
  }
  const name = widest?.name ?? address;
  return isIPv4(name)
    ? Uint8Array.from(name.split('.').map(Number))
    : hash('sha256', name, 'buffer').subarray(0, 5);
}

/** The eight groups of an address in the form of RFC 5952. */
function groupsOf(address: string): readonly number[] {
  const [start = [], end = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(8 - start.length - end.length).fill('0');
  return [...start, ...zeros, ...end].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address that a translator or tunnel made the address of. */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const [a = 0, b = 0, c = 0, , e, f, g = 0, h = 0] = groups;
  if (a === 0x2002) return renderIpv4(b, c);
  // Teredo keeps the client's address with all bits turned over, so that no NAT rewrites it (RFC 4380 section 4).
  if (a === 0x2001 && b === 0) return renderIpv4(g ^ 0xffff, h ^ 0xffff);
  const isAtTheEnd = e === 0 && f === 0 && (g !== 0 || h !== 0);
  return isLocalNat64(groups) && isAtTheEnd ? renderIpv4(g, h) : undefined;
}

function isLocalNat64([a, b, c]: readonly number[]): boolean {
  return a === 0x64 && b === 0xff9b && c === 1;
}

function renderIpv4(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function prefixOf(groups: readonly number[], bits: 48 | 56 | 64): string {
  const prefix =
    bits === 56 ? [...groups.slice(0, 3), (groups[3] ?? 0) & 0xff00] : groups.slice(0, bits / 16);
  return prefix.map((group) => group.toString(16)).join(':');
}
