import { Misfit, unexpected } from '../misfit.ts';

/** 1: seconds since the epoch; 4: exponent and mantissa of a decimal. */
export type Tag = 1 | 4;

/** A value whose tag says how it is meant. */
export class Tagged {
  readonly tag: Tag;
  readonly content: unknown;

  constructor(tag: Tag, content: unknown) {
    this.tag = tag;
    this.content = content;
  }
}

/** Far more than any model needs; turning digits into text and back takes time that grows faster than they do. */
const maxBytes = 1024;

/** The number whose bytes, the most significant first, are the content of a tag 2. */
export function bigIntegerOf(content: unknown): bigint {
  if (!(content instanceof Uint8Array)) throw unexpected(content, 'bytes');
  if (content.length > maxBytes) throw new Misfit(`found an integer of more than ${maxBytes} bytes`);
  let value = 0n;
  for (const byte of content) value = (value << 8n) | BigInt(byte);
  return value;
}

/** The bytes of a number that is not negative, the most significant first. */
export function bytesOfBigInteger(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
