import { Misfit } from '../misfit.ts';

/** Names and values, in the order of the text. */
export type QueryEntries = readonly (readonly [name: string, value: string])[];

/**
 * Parses a query or a form (`application/x-www-form-urlencoded`). A name without `=` has an empty value.
 *
 * @throws {Misfit} when an escape is not percent-encoded UTF-8
 */
export function parseQuery(text: string): QueryEntries {
  if (text === '') return [];
  const entries: [string, string][] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? '' : part.slice(equals + 1);
    entries.push([decode(name), decode(value)]);
  }
  return entries;
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  return percentDecode(text.replaceAll('+', ' '));
}

/** @throws {Misfit} when an escape is not percent-encoded UTF-8 */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Misfit('found an escape that is not percent-encoded UTF-8');
  }
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function renderQuery(entries: QueryEntries): string {
  return entries.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
}
