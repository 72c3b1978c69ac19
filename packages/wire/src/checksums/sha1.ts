import { BlockDigest, rotateLeft } from './block-digest.ts';
import type { Checksum } from './checksum.ts';

/** Makes a SHA-1 (FIPS 180-4 §6.1), for streams. */
export function sha1(): Checksum {
  return new Sha1([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
}

class Sha1 extends BlockDigest {
  readonly #schedule = new Int32Array(80);

  protected override compress(
    [a = 0, b = 0, c = 0, d = 0, e = 0]: readonly number[],
    view: DataView,
    offset: number,
  ): readonly number[] {
    // `| 0` tells the engine that these are 32-bit integers, which makes this twice as fast.
    a |= 0;
    b |= 0;
    c |= 0;
    d |= 0;
    e |= 0;
    const w = this.#schedule;
    const word = (index: number) => w[index] ?? 0;
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(offset + t * 4);
    for (let t = 16; t < 80; t++)
      w[t] = rotateLeft(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
    for (let t = 0; t < 80; t++) {
      const mixed = (rotateLeft(a, 5) + roundOf(t, b, c, d) + e + word(t)) | 0;
      e = d;
      d = c;
      c = rotateLeft(b, 30);
      b = a;
      a = mixed;
    }
    return [a, b, c, d, e];
  }
}

/** Value of a round's function, plus the round's constant. */
function roundOf(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}
