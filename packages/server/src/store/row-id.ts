import { randomBytes } from '../keys/random.ts';

/** 2025-01-01T00:00:00Z. 41 bits of milliseconds from here last until 2094. */
const EPOCH_MS = 1_735_689_600_000;
const SEQUENCE_BITS = 12;
const SEQUENCES = 2 ** SEQUENCE_BITS;

/** Makes a row id whose last 12 bits are random, for a store that several processes insert into: one may be taken. */
export function makeRowId(nowMs: number): number {
  return (nowMs - EPOCH_MS) * SEQUENCES + (randomBytes(2).readUInt16BE() % SEQUENCES);
}

/**
 * Makes row ids that rise with time: the millisecond, then 12 bits that start at random and count up, 53 bits in all.
 * A table keyed by them grows at its end, which commits several times as many rows a second as a random key.
 */
export class RowIds {
  #lastMs: number;
  #sequence: number;

  /** @param last - the highest id there is: the clock may have been set back since it was made */
  constructor(last: number) {
    this.#lastMs = Math.floor(last / SEQUENCES);
    this.#sequence = last % SEQUENCES;
  }

  next(nowMs: number): number {
    const ms = Math.max(nowMs - EPOCH_MS, this.#lastMs);
    if (ms > this.#lastMs) {
      this.#lastMs = ms;
      this.#sequence = randomBytes(1).readUInt8(0) * 8;
    } else {
      this.#sequence += 1;
      if (this.#sequence === SEQUENCES) {
        this.#lastMs += 1;
        this.#sequence = 0;
      }
    }
    return this.#lastMs * SEQUENCES + this.#sequence;
  }
}
