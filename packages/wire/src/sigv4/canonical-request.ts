import type { RequestHead } from '../http.ts';
import { percentDecode, percentEncode } from '../values/query-string.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

/**
 * Renders the canonical request, which client and server both compute.
 *
 * The path is normalised and encoded a second time; with `disableDoubleEncoding` it stays as it is.
 *
 * @param request its query must not hold the signature
 * @param signedHeaders lower-case names. A header that the request lacks counts as empty
 * @param payloadHash SHA-256 of the body in hex, or the value of `x-amz-content-sha256`
 */
export function canonicalRequest(
  { method, path, query, headers }: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  { disableDoubleEncoding = false }: Pick<SigV4SigningOptions, 'disableDoubleEncoding'> = {},
): string {
  const names = signedHeaders.toSorted();
  const lines = names.map((name) => `${name}:${collapseSpaces(headers[name] ?? '')}\n`);
  return [
    method,
    disableDoubleEncoding ? path : canonicalPath(path),
    canonicalQuery(query),
    lines.join(''),
    names.join(';'),
    payloadHash,
  ].join('\n');
}

/** Only white space of ASCII counts: beyond it, space is text like any other. */
function collapseSpaces(value: string): string {
  if (!/^ |[\t\n\v\f\r]| (?: |$)/.test(value)) return value;
  return value.replace(/[\t\n\v\f\r ]+/g, ' ').replace(/^ | $/g, '');
}

function canonicalPath(path: string): string {
  if (path === '/') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(percentEncode(segment.toWellFormed()));
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [recode(part), '']
        : [recode(part.slice(0, equals)), recode(part.slice(equals + 1))];
    })
    .sort(([leftName = '', leftValue = ''], [rightName = '', rightValue = '']) =>
      leftName === rightName ? compare(leftValue, rightValue) : compare(leftName, rightName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Percent-encodes a text once, after decoding it. A plus stays a plus. */
function recode(text: string): string {
  const wellFormed = text.toWellFormed();
  try {
    return percentEncode(percentDecode(wellFormed));
  } catch {
    return percentEncode(wellFormed);
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
