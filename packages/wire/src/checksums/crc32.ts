import type { Checksum } from './checksum.ts';

/** Makes a CRC-32 (ISO HDLC), as in Ethernet and zip. */
export const crc32 = crc32By(0xedb88320);

/** Makes a CRC-32C (Castagnoli). */
export const crc32c = crc32By(0x82f63b78);

/** A checksum that is also available as a number. */
export interface NumericChecksum extends Checksum {
  /** The checksum of everything so far, as an unsigned number. */
  value(): number;
}

/** @param polynomial reflected */
function crc32By(polynomial: number): () => NumericChecksum {
  let table: Int32Array | undefined;
  return () => {
    table ??= tableOf(polynomial);
    return new Crc32(table);
  };
}

/** A reflected CRC of 32 bits, complemented at start and end. */
class Crc32 implements NumericChecksum {
  readonly #table: Int32Array;
  #crc = -1;

  constructor(table: Int32Array) {
    this.#table = table;
  }

  update(bytes: Uint8Array): void {
    const table = this.#table;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const look = (index: number) => table[index] ?? 0;
    let crc = this.#crc;
    let at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      const first = crc ^ view.getInt32(at, true);
      const second = view.getInt32(at + 4, true);
      crc =
        look(1792 + (first & 255)) ^
        look(1536 + ((first >>> 8) & 255)) ^
        look(1280 + ((first >>> 16) & 255)) ^
        look(1024 + (first >>> 24)) ^
        look(768 + (second & 255)) ^
        look(512 + ((second >>> 8) & 255)) ^
        look(256 + ((second >>> 16) & 255)) ^
        look(second >>> 24);
    }
    for (; at < bytes.length; at++) crc = (crc >>> 8) ^ look((crc ^ view.getUint8(at)) & 255);
    this.#crc = crc;
  }

  value(): number {
    return ~this.#crc >>> 0;
  }

  digest(): Uint8Array {
    const digest = new Uint8Array(4);
    new DataView(digest.buffer).setUint32(0, this.value());
    return digest;
  }
}

/** Eight tables in one array, for eight bytes per step (slicing-by-8): table n has the effect of a byte n bytes later. */
function tableOf(polynomial: number): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let index = 0; index < table.length; index++) {
    let crc = index < 256 ? index : (table[index - 256] ?? 0);
    if (index < 256) for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    else crc = (crc >>> 8) ^ (table[crc & 255] ?? 0);
    table[index] = crc;
  }
  return table;
}
