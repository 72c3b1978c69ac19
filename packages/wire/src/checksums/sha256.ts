import { BlockDigest, rotateLeft } from './block-digest.ts';
import type { Checksum } from './checksum.ts';

let constants: { readonly initial: readonly number[]; readonly rounds: Int32Array } | undefined;

/** Makes a SHA-256 (FIPS 180-4 §6.2), for streams. */
export function sha256(): Checksum {
  constants ??= makeConstants();
  return new Sha256(constants.initial, constants.rounds);
}

class Sha256 extends BlockDigest {
  readonly #rounds: Int32Array;
  readonly #schedule = new Int32Array(64);

  constructor(initialState: readonly number[], rounds: Int32Array) {
    super(initialState);
    this.#rounds = rounds;
  }

  protected override compress(
    [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: readonly number[],
    view: DataView,
    offset: number,
  ): readonly number[] {
    // `| 0` tells the engine that these are 32-bit integers, which makes this twice as fast.
    a |= 0;
    b |= 0;
    c |= 0;
    d |= 0;
    e |= 0;
    f |= 0;
    g |= 0;
    h |= 0;
    const w = this.#schedule;
    const k = this.#rounds;
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(offset + t * 4);
    for (let t = 16; t < 64; t++) {
      const near = w[t - 2] ?? 0;
      const far = w[t - 15] ?? 0;
      const sigma1 = rotateLeft(near, 15) ^ rotateLeft(near, 13) ^ (near >>> 10);
      const sigma0 = rotateLeft(far, 25) ^ rotateLeft(far, 14) ^ (far >>> 3);
      w[t] = sigma1 + (w[t - 7] ?? 0) + sigma0 + (w[t - 16] ?? 0);
    }
    for (let t = 0; t < 64; t++) {
      const sum1 = rotateLeft(e, 26) ^ rotateLeft(e, 21) ^ rotateLeft(e, 7);
      const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (k[t] ?? 0) + (w[t] ?? 0)) | 0;
      const sum0 = rotateLeft(a, 30) ^ rotateLeft(a, 19) ^ rotateLeft(a, 10);
      const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    return [a, b, c, d, e, f, g, h];
  }
}

/** The constants: the first 32 fractional bits of the square roots and of the cube roots of the first primes. */
function makeConstants(): { initial: number[]; rounds: Int32Array } {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < 64; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return {
    initial: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    rounds: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  };
}
