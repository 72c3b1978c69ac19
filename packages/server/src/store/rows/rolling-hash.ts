import { hash } from 'node:crypto';

/**
 * The hash of a table as far as it was read: of the hash before and the next row's canonical form, a row at a time (SHA-256).
 * It can be kept, and gone on with later.
 */
export class RollingHash {
  #rows: number;
  #digest: Buffer;

  constructor({ rows, sha256 }: HashState = { rows: 0, sha256: '00'.repeat(32) }) {
    this.#rows = rows;
    this.#digest = Buffer.from(sha256, 'hex');
  }

  /** @param encoded - the canonical form of the next row, in the order of the keys */
  add(encoded: Uint8Array): void {
    this.#rows += 1;
    this.#digest = hash('sha256', Buffer.concat([this.#digest, encoded]), 'buffer');
  }

  get state(): HashState {
    return { rows: this.#rows, sha256: this.#digest.toString('hex') };
  }
}

export interface HashState {
  /** How many rows it covers. */
  readonly rows: number;
  /** 64 hex digits. */
  readonly sha256: string;
}
