import { checkDepth } from '../document/depth.ts';
import type { TreeReader } from '../document/read.ts';
import type { End } from '../end.ts';
import { traitsOf } from '../member.ts';
import { Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { simpleKind } from '../simple-kind.ts';
import { decodeBase64 } from '../values/base64.ts';
import { expectBoolean, expectString } from '../values/expect.ts';
import { checkInteger, isNonFiniteName, receivedInteger } from '../values/number.ts';
import { setKey } from '../values/record.ts';
import type { TimestampFormat } from '../values/timestamp.ts';
import { parseTimestamp, timestampOf } from '../values/timestamp.ts';

/** Compiles the reader of a simple value. @throws {TypeError} when the member's type is not simple */
export function simpleReader(member: MemberSchema, end: End): TreeReader {
  return simpleKind<TreeReader>(member, {
    string: expectString,
    boolean: expectBoolean,
    integer: (type) => {
      const received = receivedInteger(type, traitsOf(member), end);
      return (value) => received(checkInteger(value, type));
    },
    float: readNumber,
    double: readNumber,
    bigDecimal: readNumber,
    timestamp: timestampReader(traitsOf(member).timestampFormat ?? 'epoch-seconds', end),
    blob: readBlob,
    document: readDocument,
  });
}

function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (isNonFiniteName(value) || typeof value === 'bigint') return Number(value);
  throw unexpected(value, 'a number');
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw unexpected(value, 'base64');
  const bytes = decodeBase64(value);
  if (bytes === undefined) throw new Misfit('found a string that is not base64');
  return bytes;
}

function timestampReader(format: TimestampFormat, end: End): TreeReader {
  if (format !== 'epoch-seconds') return (value) => parseTimestamp(expectString(value), format, end);
  return (value) => {
    if (typeof value !== 'number') throw unexpected(value, 'a number of seconds');
    return timestampOf(Math.round(value * 1000));
  };
}

/** Reads a document: any JSON, up to the same depth as other values, as it will be walked recursively. */
function readDocument(value: unknown, depth: number): unknown {
  // The body was parsed with `bigint`s for the sake of other members; a document has plain numbers.
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => readDocument(item, depth + 1));
  const document: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) setKey(document, key, readDocument(entry, depth + 1));
  return document;
}
