import type { Checksum } from './checksum.ts';

const blockLength = 64;

/**
 * What MD5, SHA-1 and SHA-256 share: blocks of 64 bytes change a state of 32-bit words; the last block is padded with the
 * length. Needed for streams, as WebCrypto digests only whole bodies.
 */
export abstract class BlockDigest implements Checksum {
  #state: readonly number[];
  readonly #isLittleEndian: boolean;
  readonly #block = new Uint8Array(blockLength);
  readonly #view = new DataView(this.#block.buffer);
  #length = 0;

  constructor(initialState: readonly number[], isLittleEndian = false) {
    this.#state = initialState;
    this.#isLittleEndian = isLittleEndian;
  }

  /** Compresses the 64 bytes at an offset. @returns the number to add to each word of the state */
  protected abstract compress(state: readonly number[], view: DataView, offset: number): readonly number[];

  update(bytes: Uint8Array): void {
    const buffered = this.#length % blockLength;
    this.#length += bytes.length;
    let offset = 0;
    if (buffered > 0) {
      offset = Math.min(blockLength - buffered, bytes.length);
      this.#block.set(bytes.subarray(0, offset), buffered);
      if (buffered + offset < blockLength) return;
      this.#take(this.#view, 0);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (; offset + blockLength <= bytes.length; offset += blockLength) this.#take(view, offset);
    this.#block.set(bytes.subarray(offset));
  }

  digest(): Uint8Array {
    const bits = this.#length * 8;
    const buffered = this.#length % blockLength;
    const padding = new Uint8Array((buffered < 56 ? 64 : 128) - buffered);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    const upper = Math.floor(bits / 2 ** 32);
    const isLittle = this.#isLittleEndian;
    view.setUint32(padding.length - (isLittle ? 4 : 8), upper, isLittle);
    view.setUint32(padding.length - (isLittle ? 8 : 4), bits >>> 0, isLittle);
    this.update(padding);
    const digest = new Uint8Array(this.#state.length * 4);
    const words = new DataView(digest.buffer);
    for (const [index, word] of this.#state.entries()) words.setInt32(index * 4, word, isLittle);
    return digest;
  }

  #take(view: DataView, offset: number): void {
    const state = this.#state;
    this.#state = this.compress(state, view, offset).map((word, index) => (word + (state[index] ?? 0)) | 0);
  }
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
