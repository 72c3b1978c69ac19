import { BlockList, isIPv6 } from 'node:net';
import { plainAddress } from './plain-address.ts';

/** A set of IP addresses. */
export class AddressBlocks {
  readonly #blocks = new BlockList();

  /** @param blocks - CIDR blocks or single addresses, e.g. `10.0.0.0/8`, `192.0.2.10` */
  constructor(blocks: readonly string[]) {
    for (const block of blocks) {
      const [written = '', bits] = block.split('/');
      const address = withoutZone(written);
      const family = familyOf(address);
      if (bits === undefined) this.#blocks.addAddress(address, family);
      else this.#blocks.addSubnet(address, Number(bits), family);
    }
  }

  /**
   * Whether an address is in the set, as it is written or in its plain form: `64:ff9b::192.0.2.1` is in `64:ff9b::/96` and in
   * `192.0.2.0/24`.
   *
   * @returns `false` for text that is no address
   */
  contains(address: string): boolean {
    return [plainAddress(address), withoutZone(address)].some((each) =>
      this.#blocks.check(each, familyOf(each)),
    );
  }
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
