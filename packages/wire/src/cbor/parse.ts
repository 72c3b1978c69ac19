import { checkDepth } from '../document/depth.ts';
import { WireError } from '../error.ts';
import { Misfit } from '../misfit.ts';
import { concat } from '../streams/concat.ts';
import { setKey } from '../values/record.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { halfFloat } from './half-float.ts';
import { bigIntegerOf, Tagged } from './tagged.ts';

/** Stands for an indefinite length: the end of the string, array or map is marked by a break. */
const indefinite = -1;
const breakByte = 0xff;

/**
 * Parses one CBOR data item (RFC 8949); nothing may follow it. Integers that a double cannot hold become `bigint`, maps
 * become objects (the last value of a repeated key counts), undefined becomes null. Tagged values that the protocol
 * uses become {@link Tagged}; other tags are dropped.
 *
 * @throws {WireError} `malformed`. The message names the position, never the content
 */
export function parseCbor(bytes: Uint8Array): unknown {
  const parser = new Parser(bytes);
  try {
    const value = parser.value(0);
    parser.expectEnd();
    return value;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw new WireError(
      'malformed',
      `Cannot parse the CBOR body: ${error.message} at byte ${parser.position}`,
    );
  }
}

class Parser {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param depth number of containers and tags around the value */
  value(depth: number): unknown {
    const initial = this.#byte();
    const major = initial >> 5;
    const info = initial & 0x1f;
    switch (major) {
      case 0:
        return this.#argument(info);
      case 1: {
        const argument = this.#argument(info);
        return typeof argument === 'bigint' || argument === Number.MAX_SAFE_INTEGER
          ? -1n - BigInt(argument)
          : -1 - argument;
      }
      case 2:
        return this.#byteString(this.#length(info));
      case 3:
        return this.#text(this.#length(info));
      case 4:
        return this.#array(this.#length(info), depth);
      case 5:
        return this.#map(this.#length(info), depth);
      case 6:
        return this.#tagged(this.#argument(info), depth);
      default:
        return this.#simple(info);
    }
  }

  expectEnd(): void {
    if (this.position < this.#bytes.length) throw new Misfit('found more than one value');
  }

  #byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** Consumes some bytes. @returns the position where they start */
  #take(count: number): number {
    const start = this.position;
    if (count > this.#bytes.length - start) throw new Misfit('found the end too early');
    this.position = start + count;
    return start;
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.#byte();
      case 25:
        return this.#view.getUint16(this.#take(2));
      case 26:
        return this.#view.getUint32(this.#take(4));
      case 27: {
        const long = this.#view.getBigUint64(this.#take(8));
        return long <= Number.MAX_SAFE_INTEGER ? Number(long) : long;
      }
      default:
        throw new Misfit('found a reserved length');
    }
  }

  #length(info: number): number {
    return info === 31 ? indefinite : Number(this.#argument(info));
  }

  #byteString(length: number): Uint8Array {
    if (length !== indefinite) {
      const start = this.#take(length);
      // Not `slice()`: that of a Node Buffer does not copy.
      return new Uint8Array(this.#bytes.subarray(start, start + length));
    }
    return concat(this.#chunks(2, (size) => this.#byteString(size)));
  }

  #text(length: number): string {
    if (length === indefinite) return this.#chunks(3, (size) => this.#text(size)).join('');
    const start = this.#take(length);
    const text = decodeUtf8(this.#bytes.subarray(start, start + length));
    if (text === undefined) throw new Misfit('found text that is not UTF-8');
    return text;
  }

  /** Chunks of a string of indefinite length. Each is a string of the same major type and of definite length. */
  #chunks<Chunk>(major: number, read: (length: number) => Chunk): Chunk[] {
    const chunks: Chunk[] = [];
    while (!this.#isBreak()) {
      const initial = this.#byte();
      const info = initial & 0x1f;
      if (initial >> 5 !== major || info === 31)
        throw new Misfit('found a piece of another kind in a string');
      chunks.push(read(this.#length(info)));
    }
    return chunks;
  }

  #array(length: number, depth: number): unknown[] {
    checkDepth(depth);
    const array: unknown[] = [];
    while (length === indefinite ? !this.#isBreak() : array.length < length)
      array.push(this.value(depth + 1));
    return array;
  }

  #map(length: number, depth: number): Record<string, unknown> {
    checkDepth(depth);
    const map: Record<string, unknown> = {};
    for (let count = 0; length === indefinite ? !this.#isBreak() : count < length; count++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string') throw new Misfit('found a key that is not text');
      setKey(map, key, this.value(depth + 1));
    }
    return map;
  }

  #tagged(tag: number | bigint, depth: number): unknown {
    checkDepth(depth);
    const content = this.value(depth + 1);
    switch (tag) {
      case 1:
      case 4:
        return new Tagged(tag, content);
      case 2:
        return bigIntegerOf(content);
      case 3:
        return -1n - bigIntegerOf(content);
      default:
        return content;
    }
  }

  #simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#view.getUint16(this.#take(2)));
      case 26:
        return this.#view.getFloat32(this.#take(4));
      case 27:
        return this.#view.getFloat64(this.#take(8));
      default:
        throw new Misfit('found a simple value without meaning');
    }
  }

  #isBreak(): boolean {
    if (this.#bytes[this.position] !== breakByte) return false;
    this.position += 1;
    return true;
  }
}
