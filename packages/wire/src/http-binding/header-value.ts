import type { End } from '../end.ts';
import { targetOf, traitsOf } from '../member.ts';
import { at, Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';
import { decodeBase64, encodeBase64 } from '../values/base64.ts';
import type { TextReader, TextWriter } from '../values/text.ts';
import { textReader, textWriter } from '../values/text.ts';
import { decodeUtf8, encodeUtf8 } from '../values/utf8.ts';
import type { BoundMember } from './bindings.ts';

// No space can match in two ways, so that a header of many spaces takes linear time.
const listItem = /\s*(?:"((?:[^"\\]|\\.)*)"\s*|([^\s",][^",]*|))(?:,|$)/y;

export function headerReader({ member, target }: BoundMember, end: End): TextReader {
  if (target.type !== 'list') return simpleReader(member, end);
  const readItem = simpleReader(target.member, end);
  const split = isHttpDate(target.member) ? splitDates : splitList;
  return (text) => split(text).map((item, index) => at(index, () => readItem(item)));
}

export function headerWriter({ member, target }: BoundMember): TextWriter {
  if (target.type !== 'list') return simpleWriter(member);
  const writeItem = simpleWriter(target.member);
  const quote = isHttpDate(target.member) ? (item: string) => item : quoteIfNeeded;
  return (value) => {
    if (!Array.isArray(value)) throw unexpected(value, 'a list');
    return value.map((item, index) => at(index, () => quote(writeItem(item)))).join(', ');
  };
}

/** Refuses line breaks in a header's value: they would start another header. */
export function refuseLineBreaks(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new Misfit('found a line break or NUL in a header value');
  return text;
}

function simpleReader(member: MemberSchema, end: End): TextReader {
  const read = textReader(member, 'http-date', end);
  if (!hasMediaType(member)) return (text) => read(text.trim());
  return (text) => {
    const bytes = decodeBase64(text.trim());
    const decoded = bytes === undefined ? undefined : decodeUtf8(bytes);
    if (decoded === undefined) throw new Misfit('expected base64 of UTF-8');
    return decoded;
  };
}

function simpleWriter(member: MemberSchema): TextWriter {
  const write = textWriter(member, 'http-date');
  return hasMediaType(member)
    ? (value) => encodeBase64(encodeUtf8(write(value)))
    : (value) => refuseLineBreaks(write(value));
}

/** Whether a string has a media type. Such a string may hold any characters, so it is sent in base64. */
function hasMediaType(member: MemberSchema): boolean {
  return traitsOf(member).mediaType !== undefined;
}

function isHttpDate(member: MemberSchema): boolean {
  const { timestampFormat = 'http-date' } = traitsOf(member);
  return targetOf(member).type === 'timestamp' && timestampFormat === 'http-date';
}

function splitList(text: string): string[] {
  if (text.trim() === '') return [];
  const items: string[] = [];
  listItem.lastIndex = 0;
  while (listItem.lastIndex < text.length) {
    const [, quoted, plain] = listItem.exec(text) ?? [];
    if (quoted === undefined && plain === undefined)
      throw new Misfit('found a list with an unfinished quotation');
    items.push(quoted === undefined ? (plain ?? '').trim() : quoted.replace(/\\(.)/g, '$1'));
  }
  return items;
}

/** Splits a list of HTTP dates. Each date itself has a comma, after the day of the week. */
function splitDates(text: string): string[] {
  if (text.trim() === '') return [];
  const parts = text.split(',').map((part) => part.trim());
  const dates: string[] = [];
  for (let index = 0; index < parts.length; index += 2)
    dates.push(`${parts[index]}, ${parts[index + 1] ?? ''}`);
  return dates;
}

function quoteIfNeeded(item: string): string {
  return /[",]/.test(item) ? `"${item.replace(/[\\"]/g, '\\$&')}"` : item;
}
