import type { IncomingRequest } from '../http/route.ts';
import { type Explain, PageError } from './page-error.ts';

const MAX_FIELDS = 16;

/** The fields of a form or query. No name occurs twice, and all of it is valid UTF-8. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads a posted form.
 *
 * @throws {PageError} 400 or 415
 */
export function parseForm(request: IncomingRequest): Fields {
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new PageError(415, ({ problems }) => problems.noForm);
  }
  return parseFields(Buffer.from(request.body).toString('latin1'));
}

/** @throws {PageError} 400 */
export function parseQuery(request: IncomingRequest): Fields {
  return parseFields(request.query);
}

function parseFields(text: string): Fields {
  if (/[^ -~]/.test(text)) throw malformed(({ problems }) => problems.notEncoded);
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_FIELDS) throw malformed(({ problems }) => problems.tooManyFields(MAX_FIELDS));
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const [name, value] = splitPair(pair);
    if (fields.has(name)) throw malformed(({ problems }) => problems.repeatedField);
    fields.set(name, value);
  }
  return fields;
}

function splitPair(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return at === -1 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformed(({ problems }) => problems.notUtf8);
  }
}

function malformed(explain: Explain): PageError {
  return new PageError(400, explain);
}
