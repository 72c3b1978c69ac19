import { checkDepth } from '../document/depth.ts';
import type { TreeReader } from '../document/read.ts';
import { targetOf } from '../member.ts';
import { unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { checkInteger } from '../values/number.ts';
import { setKey } from '../values/record.ts';
import { timestampOf } from '../values/timestamp.ts';
import { Tagged } from './tagged.ts';

/** @throws {TypeError} when the member's target contains others */
export function simpleReader(member: MemberSchema): TreeReader {
  const target = targetOf(member);
  switch (target.type) {
    case 'string':
    case 'enum':
      return readString;
    case 'boolean':
      return readBoolean;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger': {
      const { type } = target;
      return (value) => checkInteger(normalized(value), type);
    }
    case 'intEnum':
      return (value) => checkInteger(value, 'integer');
    case 'float':
    case 'double':
      return readNumber;
    case 'bigDecimal':
      return readDecimal;
    case 'timestamp':
      return readTimestamp;
    case 'blob':
      return readBlob;
    case 'document':
      return readDocument;
    default:
      throw new TypeError(`Cannot compile a reader of a simple value: a ${target.type} is none`);
  }
}

/** A long may be written with more bytes than it needs. */
function normalized(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readString(value: unknown): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  return value;
}

function readBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean');
  return value;
}

function readNumber(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw unexpected(value, 'a number');
}

/** An exponent of ten and a mantissa, or a number as it is. */
function readDecimal(value: unknown): number {
  if (!(value instanceof Tagged && value.tag === 4)) return readNumber(value);
  const [exponent, mantissa] = Array.isArray(value.content) ? value.content : [];
  return Number(`${checkInteger(mantissa, 'bigInteger')}e${checkInteger(exponent, 'long')}`);
}

function readTimestamp(value: unknown): Date {
  if (!(value instanceof Tagged && value.tag === 1)) throw unexpected(value, 'a timestamp with tag 1');
  return timestampOf(Math.round(readNumber(value.content) * 1000));
}

function readBlob(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected(value, 'bytes');
  return value;
}

/** What of CBOR is JSON as well. */
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
