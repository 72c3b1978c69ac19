const encoder = new TextEncoder();

/** Buffer that CBOR is written to. It grows as needed. */
export class CborSink {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Copies what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Writes the initial byte of a data item, and its argument in as few bytes as possible. */
  head(major: number, argument: number | bigint): void {
    const kind = major << 5;
    if (argument < 24) {
      this.byte(kind | Number(argument));
    } else if (argument < 0x100) {
      this.byte(kind | 24);
      this.byte(Number(argument));
    } else if (argument < 0x10000) {
      this.byte(kind | 25);
      const start = this.#room(2);
      this.#view.setUint16(start, Number(argument));
    } else if (argument < 0x100000000) {
      this.byte(kind | 26);
      const start = this.#room(4);
      this.#view.setUint32(start, Number(argument));
    } else {
      this.byte(kind | 27);
      const start = this.#room(8);
      this.#view.setBigUint64(start, BigInt(argument));
    }
  }

  byte(value: number): void {
    const start = this.#room(1);
    this.#bytes[start] = value;
  }

  bytes(value: Uint8Array): void {
    this.head(2, value.length);
    this.raw(value);
  }

  text(value: string): void {
    const utf8 = encoder.encode(value);
    this.head(3, utf8.length);
    this.raw(utf8);
  }

  /** Writes bytes that are already CBOR. */
  raw(value: Uint8Array): void {
    const start = this.#room(value.length);
    this.#bytes.set(value, start);
  }

  float32(value: number): void {
    this.byte(0xfa);
    const start = this.#room(4);
    this.#view.setFloat32(start, value);
  }

  float64(value: number): void {
    this.byte(0xfb);
    const start = this.#room(8);
    this.#view.setFloat64(start, value);
  }

  /** Makes room for some bytes; may replace the buffer. @returns the position where they start */
  #room(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }
}
