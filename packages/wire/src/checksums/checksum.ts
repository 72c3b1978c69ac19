/** A checksum of bytes that come in any number of pieces. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  /** The checksum of everything so far; call it once, last. */
  digest(): Uint8Array;
}
