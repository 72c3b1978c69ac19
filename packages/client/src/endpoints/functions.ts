import { parseArn } from './arn.ts';
import { isValidHostLabel, isVirtualHostableS3Bucket } from './host-label.ts';
import { parseUrl } from './url-parts.ts';

/** A function of endpoint rules. */
export type EndpointFunction = (...args: readonly unknown[]) => unknown;

/** Functions that are also called where an argument is undefined. */
export const lenientFunctions: Readonly<Record<string, EndpointFunction>> = {
  isSet: (value) => value !== undefined,
  not: (value) => value === undefined || value === false,
  coalesce: (...values) => values.find((value) => value !== undefined),
  ite: (condition, yes, no) => (condition === true ? yes : no),
};

/** Functions that give undefined where one of their arguments is. */
export const functions: Readonly<Record<string, EndpointFunction>> = {
  getAttr: (value, path) => getAttr(value, String(path)),
  stringEquals: (one, other) => one === other,
  booleanEquals: (one, other) => one === other,
  parseURL: (url) => parseUrl(String(url)),
  substring: (text, start, stop, reverse) =>
    substring(String(text), Number(start), Number(stop), reverse === true),
  split: (text, delimiter, limit) => split(String(text), String(delimiter), Number(limit)),
  uriEncode: (text) => uriEncode(String(text)),
  isValidHostLabel: (text, allowSubDomains) => isValidHostLabel(String(text), allowSubDomains === true),
  'aws.parseArn': (text) => parseArn(String(text)),
  'aws.isVirtualHostableS3Bucket': (text, allowSubDomains) =>
    isVirtualHostableS3Bucket(String(text), allowSubDomains === true),
};

/** Follows a path such as `resourceId[0]`; a negative index counts from the end. */
export function getAttr(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.match(/[^.[\]]+/g) ?? []) {
    if (Array.isArray(found)) found = found.at(Number(key));
    else if (typeof found === 'object' && found !== null && Object.hasOwn(found, key))
      found = Reflect.get(found, key);
    else return;
  }
  return found;
}

function substring(text: string, start: number, stop: number, reverse: boolean): string | undefined {
  if (start >= stop || text.length < stop || !/^[\0-\x7f]*$/.test(text)) return;
  return reverse ? text.slice(text.length - stop, text.length - start) : text.slice(start, stop);
}

/** Splits a text into at most `limit` parts, the last of which holds the rest. 0 means no limit. */
function split(text: string, delimiter: string, limit: number): readonly string[] {
  const parts = text.split(delimiter);
  if (limit === 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(delimiter)];
}

function uriEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
