import { checksumAlgorithms } from '@latchkey/wire/checksums/algorithms';
import type { Checksum } from '@latchkey/wire/checksums/checksum';
import { encodeBase64 } from '@latchkey/wire/values/base64';

/** The checksum of a whole object, computed while its bytes go by in order. */
export class WholeChecksum {
  /** Member of S3's inputs and outputs that has it, e.g. `ChecksumCRC32`. */
  readonly member: string;
  readonly #checksum: Checksum;

  constructor(member: string, checksum: Checksum) {
    this.member = member;
    this.#checksum = checksum;
  }

  /** @returns undefined for an algorithm that is not known */
  static async of(algorithm: string): Promise<WholeChecksum | undefined> {
    const make = await checksumAlgorithms.get(algorithm)?.load();
    return make && new WholeChecksum(`Checksum${algorithm}`, make());
  }

  update(bytes: Uint8Array): void {
    this.#checksum.update(bytes);
  }

  /** The checksum in base64. Call it once, at the end. */
  digest(): string {
    return encodeBase64(this.#checksum.digest());
  }
}

/** Algorithms whose checksum of an object in parts may be that of all its bytes. */
export function coversParts(algorithm: string): boolean {
  return algorithm.startsWith('CRC');
}

/** The checksum that an answer has of a whole object, by its algorithm. @returns undefined where it has none, or one of parts */
export function checksumIn(
  head: object,
): { readonly algorithm: string; readonly expected: string } | undefined {
  const members = head as Readonly<Record<string, unknown>>;
  if (members['ChecksumType'] === 'COMPOSITE') return undefined;
  for (const algorithm of checksumAlgorithms.keys()) {
    const expected = members[`Checksum${algorithm}`];
    if (typeof expected === 'string' && !/-\d+$/.test(expected)) return { algorithm, expected };
  }
  return undefined;
}
