import { Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { simpleKind } from '../simple-kind.ts';
import { bytesOf, expectBoolean, expectNumber, expectText } from '../values/expect.ts';
import { checkInteger } from '../values/number.ts';
import type { CborSink } from './sink.ts';
import { bytesOfBigInteger } from './tagged.ts';

/** Writes a value as CBOR. */
export type CborWriter = (sink: CborSink, value: unknown) => void;

/** Compiles the writer of a simple value. @throws {TypeError} when the member's type is not simple */
export function simpleWriter(member: MemberSchema): CborWriter {
  return simpleKind<CborWriter>(member, {
    string: (sink, value) => sink.text(expectText(value)),
    boolean: (sink, value) => writeBoolean(sink, expectBoolean(value)),
    integer: (type) => (sink, value) => writeInteger(sink, checkInteger(value, type)),
    float: writeFloat,
    double: (sink, value) => sink.float64(expectNumber(value)),
    bigDecimal: writeDecimal,
    timestamp: writeTimestamp,
    blob: (sink, value) => sink.bytes(bytesOf(value)),
    document: writeDocument,
  });
}

function writeBoolean(sink: CborSink, value: boolean): void {
  sink.byte(value ? 0xf5 : 0xf4);
}

function writeFloat(sink: CborSink, value: unknown): void {
  const number = expectNumber(value);
  if (Object.is(Math.fround(number), number)) sink.float32(number);
  else sink.float64(number);
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

/** Writes a decimal fraction (tag 4) with the same decimal digits as the number. */
function writeDecimal(sink: CborSink, value: unknown): void {
  const number = expectNumber(value);
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

function writeDocument(sink: CborSink, value: unknown): void {
  if (typeof value === 'string') sink.text(expectText(value));
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
