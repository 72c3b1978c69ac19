import type { End } from '../end.ts';
import { targetOf, traitsOf } from '../member.ts';
import { Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { checkInteger, parseFloatingPoint, parseInteger } from './number.ts';
import type { TimestampFormat } from './timestamp.ts';
import { parseTimestamp, renderTimestamp } from './timestamp.ts';

/** How simple values travel where there is only text: headers, labels, queries, forms and XML. */
export type TextReader = (text: string) => unknown;
export type TextWriter = (value: unknown) => string;

/** @param defaultFormat of timestamps whose model names no format */
export function textReader(member: MemberSchema, defaultFormat: TimestampFormat, end: End): TextReader {
  const target = targetOf(member);
  switch (target.type) {
    case 'string':
    case 'enum':
      return (text) => text;
    case 'boolean':
      return parseBoolean;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger': {
      const { type } = target;
      return (text) => parseInteger(text, type);
    }
    case 'intEnum':
      return (text) => parseInteger(text, 'integer');
    case 'float':
    case 'double':
    case 'bigDecimal':
      return parseFloatingPoint;
    case 'timestamp': {
      const format = traitsOf(member).timestampFormat ?? defaultFormat;
      return (text) => parseTimestamp(text, format, end);
    }
    case 'blob':
      return parseBlob;
    default:
      throw new TypeError(`Cannot compile a text reader: a ${target.type} has no text form`);
  }
}

/** @param defaultFormat of timestamps whose model names no format */
export function textWriter(member: MemberSchema, defaultFormat: TimestampFormat): TextWriter {
  const target = targetOf(member);
  switch (target.type) {
    case 'string':
    case 'enum':
      return renderString;
    case 'boolean':
      return renderBoolean;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger': {
      const { type } = target;
      return (value) => String(checkInteger(value, type));
    }
    case 'intEnum':
      return (value) => String(checkInteger(value, 'integer'));
    case 'float':
    case 'double':
    case 'bigDecimal':
      return renderNumber;
    case 'timestamp': {
      const format = traitsOf(member).timestampFormat ?? defaultFormat;
      return (value) => renderTimestamp(value, format);
    }
    case 'blob':
      return renderBlob;
    default:
      throw new TypeError(`Cannot compile a text writer: a ${target.type} has no text form`);
  }
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

function renderString(value: unknown): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  return value;
}

function renderBoolean(value: unknown): string {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean');
  return String(value);
}

function renderNumber(value: unknown): string {
  if (typeof value !== 'number') throw unexpected(value, 'a number');
  return String(value);
}

function renderBlob(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw unexpected(value, 'bytes');
  return encodeBase64(value);
}
