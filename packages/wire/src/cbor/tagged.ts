import { Misfit, unexpected } from '../misfit.ts';

/** Tag number. 1: seconds since the epoch. 4: exponent and mantissa of a decimal fraction. */
export type Tag = 1 | 4;

/** A CBOR value with its tag. */
export class Tagged {
  readonly tag: Tag;
  readonly content: unknown;

  constructor(tag: Tag, content: unknown) {
    this.tag = tag;
    this.content = content;
  }
}

/** Maximum length of a big integer in bytes, far more than any model needs: conversion takes more than linear time. */
const maxBytes = 1024;

/** Decodes the content of a tag 2: the bytes of an unsigned integer, most significant first. */
export function bigIntegerOf(content: unknown): bigint {
  if (!(content instanceof Uint8Array)) throw unexpected(content, 'bytes');
  if (content.length > maxBytes) throw new Misfit(`found an integer of more than ${maxBytes} bytes`);
  let value = 0n;
  for (const byte of content) value = (value << 8n) | BigInt(byte);
  return value;
}

/** Bytes of a non-negative integer, most significant first. */
export function bytesOfBigInteger(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
