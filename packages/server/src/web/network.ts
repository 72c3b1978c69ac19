import { addressBlock } from '../limits/address-block.ts';
import { isLoopback } from '../net/loopback.ts';

/** Whether two addresses belong to one machine, home or office, as far as an address can tell. */
export function isSameNetwork(one: string, other: string): boolean {
  return addressBlock(one) === addressBlock(other) || (isLoopback(one) && isLoopback(other));
}
