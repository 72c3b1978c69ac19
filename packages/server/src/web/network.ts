import { addressBlock } from '../limits/address-block.ts';

/** Whether two addresses belong to one machine, home or office, as far as an address can tell. */
export function isSameNetwork(one: string, other: string): boolean {
  const [block, otherBlock] = [addressBlock(one), addressBlock(other)];
  return block === otherBlock || (isLoopback(block) && isLoopback(otherBlock));
}

function isLoopback(block: string): boolean {
  return block.startsWith('127.') || block === addressBlock('::1');
}
