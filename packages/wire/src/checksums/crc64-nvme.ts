import type { Checksum } from './checksum.ts';

// The reflected polynomial in two halves, as JavaScript's bit operations have 32 bits.
const polynomialHigh = 0x9a6c9329;
const polynomialLow = 0xac4bc9b5;

let tables: { readonly high: Int32Array; readonly low: Int32Array } | undefined;

/** Makes a CRC-64/NVME. */
export function crc64Nvme(): Checksum {
  return new Crc64Nvme();
}

class Crc64Nvme implements Checksum {
  #high = -1;
  #low = -1;

  update(bytes: Uint8Array): void {
    tables ??= makeTables();
    const { high: highs, low: lows } = tables;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let high = this.#high;
    let low = this.#low;
    let at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      let first = low ^ view.getInt32(at, true);
      let second = high ^ view.getInt32(at + 4, true);
      high = 0;
      low = 0;
      for (let table = 1792; table >= 1024; table -= 256) {
        const index = table + (first & 255);
        const later = table - 1024 + (second & 255);
        high ^= (highs[index] ?? 0) ^ (highs[later] ?? 0);
        low ^= (lows[index] ?? 0) ^ (lows[later] ?? 0);
        first >>>= 8;
        second >>>= 8;
      }
    }
    for (; at < bytes.length; at++) {
      const index = (low ^ view.getUint8(at)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
      high = (high >>> 8) ^ (highs[index] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Uint8Array {
    const digest = new Uint8Array(8);
    const view = new DataView(digest.buffer);
    view.setInt32(0, ~this.#high);
    view.setInt32(4, ~this.#low);
    return digest;
  }
}

/** Eight tables in one array (slicing-by-8): table n has the effect of a byte on the CRC n bytes later. */
function makeTables(): { high: Int32Array; low: Int32Array } {
  const highs = new Int32Array(8 * 256);
  const lows = new Int32Array(8 * 256);
  for (let index = 0; index < highs.length; index++) {
    let high = index < 256 ? 0 : (highs[index - 256] ?? 0);
    let low = index < 256 ? index : (lows[index - 256] ?? 0);
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) {
        low ^= polynomialLow;
        high ^= polynomialHigh;
      }
    }
    highs[index] = high;
    lows[index] = low;
  }
  return { high: highs, low: lows };
}
