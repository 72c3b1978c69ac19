import { BlockDigest, rotateLeft } from './block-digest.ts';
import type { Checksum } from './checksum.ts';

/** Makes an MD5 (RFC 1321), for `Content-MD5`. WebCrypto has none. */
export function md5(): Checksum {
  return new Md5([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476], true);
}

const rotations = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
let constants: Int32Array | undefined;

class Md5 extends BlockDigest {
  protected override compress(
    [a = 0, b = 0, c = 0, d = 0]: readonly number[],
    view: DataView,
    offset: number,
  ): readonly number[] {
    // `| 0` tells the engine that these are 32-bit integers, which makes this twice as fast.
    a |= 0;
    b |= 0;
    c |= 0;
    d |= 0;
    constants ??= Int32Array.from({ length: 64 }, (_, step) => Math.abs(Math.sin(step + 1)) * 2 ** 32);
    for (let step = 0; step < 64; step++) {
      const word = view.getInt32(offset + wordOf(step) * 4, true);
      const sum = (a + mix(step, b, c, d) + word + (constants[step] ?? 0)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotateLeft(sum, rotations[(step >> 4) * 4 + (step % 4)] ?? 0)) | 0;
    }
    return [a, b, c, d];
  }
}

function mix(step: number, b: number, c: number, d: number): number {
  if (step < 16) return (b & c) | (~b & d);
  if (step < 32) return (d & b) | (~d & c);
  if (step < 48) return b ^ c ^ d;
  return c ^ (b | ~d);
}

/** Index of the block's word that a step takes. */
function wordOf(step: number): number {
  if (step < 16) return step;
  if (step < 32) return (step * 5 + 1) % 16;
  if (step < 48) return (step * 3 + 5) % 16;
  return (step * 7) % 16;
}
