import { BlockList, isIPv6 } from 'node:net';
import { plainAddress } from './plain-address.ts';

/** A set of IP addresses. */
export class AddressBlocks {
  readonly #blocks = new BlockList();

  /** @param blocks - CIDR blocks or single addresses, e.g. `10.0.0.0/8`, `192.0.2.10` */
  constructor(blocks: readonly string[]) {
    for (const block of blocks) {
      const [address = '', bits] = block.split('/');
      const family = familyOf(address);
      if (bits === undefined) this.#blocks.addAddress(address, family);
      else this.#blocks.addSubnet(address, Number(bits), family);
    }
  }

  /** @returns `false` for text that is no address */
  contains(address: string): boolean {
    const plain = plainAddress(address);
    return this.#blocks.check(plain, familyOf(plain));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
