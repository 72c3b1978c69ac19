import { checkDepth } from '../document/depth.ts';
import type { TreeReader } from '../document/read.ts';
import type { End } from '../end.ts';
import { traitsOf } from '../member.ts';
import { unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { simpleKind } from '../simple-kind.ts';
import { expectBoolean, expectBytes, expectString } from '../values/expect.ts';
import { checkInteger, receivedInteger } from '../values/number.ts';
import { setKey } from '../values/record.ts';
import { timestampOf } from '../values/timestamp.ts';
import { Tagged } from './tagged.ts';

/** Compiles the reader of a simple value. @throws {TypeError} when the member's type is not simple */
export function simpleReader(member: MemberSchema, end: End): TreeReader {
  return simpleKind<TreeReader>(member, {
    string: expectString,
    boolean: expectBoolean,
    integer: (type) => {
      const received = receivedInteger(type, traitsOf(member), end);
      return (value) => received(checkInteger(normalized(value), type));
    },
    float: readNumber,
    double: readNumber,
    bigDecimal: readDecimal,
    timestamp: readTimestamp,
    blob: expectBytes,
    document: readDocument,
  });
}

/** Makes a `bigint` that is a safe integer a number: a long may be written with more bytes than it needs. */
function normalized(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readNumber(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw unexpected(value, 'a number');
}

/** Reads a decimal: a decimal fraction (tag 4: exponent of ten and mantissa), or a plain number. */
function readDecimal(value: unknown): number {
  if (!(value instanceof Tagged && value.tag === 4)) return readNumber(value);
  const [exponent, mantissa] = Array.isArray(value.content) ? value.content : [];
  return Number(`${checkInteger(mantissa, 'bigInteger')}e${checkInteger(exponent, 'long')}`);
}

function readTimestamp(value: unknown): Date {
  if (!(value instanceof Tagged && value.tag === 1)) throw unexpected(value, 'a timestamp with tag 1');
  return timestampOf(Math.round(readNumber(value.content) * 1000));
}

/** Reads a document: the CBOR values that JSON can hold, too. */
function readDocument(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => readDocument(item, depth + 1));
  if (value instanceof Uint8Array || value instanceof Tagged) throw unexpected(value, 'a document');
  const document: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) setKey(document, key, readDocument(entry, depth + 1));
  return document;
}
