/** A checksum, updated piece by piece. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  /** The checksum of everything so far. Call it once, at the end. */
  digest(): Uint8Array;
}
