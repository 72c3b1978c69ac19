import { targetOf } from '../member.ts';
import { Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { checkInteger } from '../values/number.ts';
import type { CborSink } from './sink.ts';
import { bytesOfBigInteger } from './tagged.ts';

/** Writes a value as CBOR. */
export type CborWriter = (sink: CborSink, value: unknown) => void;

/** @throws {TypeError} when the member's target contains others */
export function simpleWriter(member: MemberSchema): CborWriter {
  const target = targetOf(member);
  switch (target.type) {
    case 'string':
    case 'enum':
      return writeString;
    case 'boolean':
      return writeBoolean;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger': {
      const { type } = target;
      return (sink, value) => writeInteger(sink, checkInteger(value, type));
    }
    case 'intEnum':
      return (sink, value) => writeInteger(sink, checkInteger(value, 'integer'));
    case 'float':
      return (sink, value) => {
        const number = checkNumber(value);
        if (Object.is(Math.fround(number), number)) sink.float32(number);
        else sink.float64(number);
      };
    case 'double':
      return (sink, value) => sink.float64(checkNumber(value));
    case 'bigDecimal':
      return writeDecimal;
    case 'timestamp':
      return writeTimestamp;
    case 'blob':
      return writeBlob;
    case 'document':
      return writeDocument;
    default:
      throw new TypeError(`Cannot compile a writer of a simple value: a ${target.type} is none`);
  }
}

function writeString(sink: CborSink, value: unknown): void {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  sink.text(value);
}

function writeBoolean(sink: CborSink, value: unknown): void {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean');
  sink.byte(value ? 0xf5 : 0xf4);
}

function writeInteger(sink: CborSink, value: number | bigint): void {
  const isNegative = value < 0;
  const argument = isNegative ? -1n - BigInt(value) : value;
  if (argument < 2n ** 64n) {
    sink.head(isNegative ? 1 : 0, argument);
  } else {
    sink.head(6, isNegative ? 3 : 2);
    sink.bytes(bytesOfBigInteger(BigInt(argument)));
  }
}

function checkNumber(value: unknown): number {
  if (typeof value !== 'number') throw unexpected(value, 'a number');
  return value;
}

/** An exponent of ten and a mantissa, as the digits of the number are. */
function writeDecimal(sink: CborSink, value: unknown): void {
  const number = checkNumber(value);
  if (!Number.isFinite(number)) {
    sink.float64(number);
    return;
  }
  const [digits = '', exponent = ''] = number.toExponential().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  sink.head(6, 4);
  sink.head(4, 2);
  writeInteger(sink, Number(exponent) - fraction.length);
  writeInteger(sink, BigInt(`${whole}${fraction}`));
}

function writeTimestamp(sink: CborSink, value: unknown): void {
  if (!(value instanceof Date)) throw unexpected(value, 'a date');
  const seconds = value.getTime() / 1000;
  if (Number.isNaN(seconds)) throw new Misfit('found an invalid date');
  sink.head(6, 1);
  if (Number.isInteger(seconds)) writeInteger(sink, seconds);
  else sink.float64(seconds);
}

function writeBlob(sink: CborSink, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw unexpected(value, 'bytes');
  sink.bytes(value);
}

function writeDocument(sink: CborSink, value: unknown): void {
  if (typeof value === 'string') sink.text(value);
  else if (typeof value === 'boolean') writeBoolean(sink, value);
  else if (typeof value === 'number') sink.float64(value);
  else if (value === null) sink.byte(0xf6);
  else if (Array.isArray(value)) {
    sink.head(4, value.length);
    for (const item of value) writeDocument(sink, item);
  } else if (Object.getPrototypeOf(Object(value)) === Object.prototype) {
    const entries = Object.entries(Object(value)).filter(([, entry]) => entry !== undefined);
    sink.head(5, entries.length);
    for (const [key, entry] of entries) {
      sink.text(key);
      writeDocument(sink, entry);
    }
  } else throw unexpected(value, 'a document');
}
