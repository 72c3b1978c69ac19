import type { End } from '../end.ts';
import { traitsOf } from '../member.ts';
import { Misfit } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { simpleKind } from '../simple-kind.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { bytesOf, expectBoolean, expectNumber, expectText } from './expect.ts';
import { checkInteger, parseFloatingPoint, parseInteger, receivedInteger } from './number.ts';
import type { TimestampFormat } from './timestamp.ts';
import { parseTimestamp, renderTimestamp } from './timestamp.ts';

/** Reads a simple value from text, in headers, labels, queries, forms and XML. */
export type TextReader = (text: string) => unknown;
export type TextWriter = (value: unknown) => string;

/** @param defaultFormat format of timestamps for which the model names none */
export function textReader(member: MemberSchema, defaultFormat: TimestampFormat, end: End): TextReader {
  const format = traitsOf(member).timestampFormat ?? defaultFormat;
  return simpleKind<TextReader>(member, {
    string: (text) => text,
    boolean: parseBoolean,
    integer: (type) => {
      const received = receivedInteger(type, traitsOf(member), end);
      return (text) => received(parseInteger(text, type));
    },
    float: parseFloatingPoint,
    double: parseFloatingPoint,
    bigDecimal: parseFloatingPoint,
    timestamp: (text) => parseTimestamp(text, format, end),
    blob: parseBlob,
  });
}

/** @param defaultFormat format of timestamps for which the model names none */
export function textWriter(member: MemberSchema, defaultFormat: TimestampFormat): TextWriter {
  const format = traitsOf(member).timestampFormat ?? defaultFormat;
  const renderNumber: TextWriter = (value) => String(expectNumber(value));
  return simpleKind<TextWriter>(member, {
    string: expectText,
    boolean: (value) => String(expectBoolean(value)),
    integer: (type) => (value) => String(checkInteger(value, type)),
    float: renderNumber,
    double: renderNumber,
    bigDecimal: renderNumber,
    timestamp: (value) => renderTimestamp(value, format),
    blob: (value) => encodeBase64(bytesOf(value)),
  });
}

function parseBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Misfit("expected 'true' or 'false'");
  return text === 'true';
}

function parseBlob(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new Misfit('expected base64');
  return bytes;
}
