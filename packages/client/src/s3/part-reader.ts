import { asStream, bytesFrom } from '@latchkey/wire/values/bytes';

/** Cuts a body into parts of the same size; the last may be smaller. Holds no more than the part that is being filled. */
export class PartReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #size: number;
  /** What the chunk read last has beyond its part. */
  #rest: Uint8Array = new Uint8Array();

  constructor(body: unknown, size: number) {
    this.#reader = asStream(bytesFrom(body)).getReader();
    this.#size = size;
  }

  /** @returns undefined after the last part */
  async next(): Promise<Uint8Array | undefined> {
    let part: Uint8Array | undefined;
    let length = 0;
    while (length < this.#size) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#reader.read();
        if (done) break;
        this.#rest = value;
        continue;
      }
      part ??= new Uint8Array(this.#size);
      const piece = this.#rest.subarray(0, this.#size - length);
      part.set(piece, length);
      length += piece.length;
      this.#rest = this.#rest.subarray(piece.length);
    }
    return part?.subarray(0, length);
  }

  /** Tells the body that nobody reads on, also while a part is waited for. */
  cancel(reason: unknown): void {
    this.#reader.cancel(reason).catch(() => {});
  }
}
