import { WireError } from '../error.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { locateJsonError } from './locate-error.ts';

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const parse: (text: string, reviver?: Reviver) => unknown = JSON.parse;

/**
 * Parses a JSON document (RFC 8259); of a repeated key the last value counts.
 *
 * @param exact keeps whole numbers that a double cannot hold, as `bigint`; slower where there are any
 * @throws {WireError} `malformed`, saying where, and never what stands there
 */
export function parseJson(body: Uint8Array, { exact }: { readonly exact: boolean }): unknown {
  const text = decodeUtf8(body);
  if (text === undefined) throw new WireError('malformed', 'Cannot read the body: it is not UTF-8');
  try {
    return exact && longNumber.test(text) ? parse(text, keepWholeNumber) : parse(text);
  } catch (cause) {
    // A reviver is called by recursion, so the stack bounds how deep a text may nest.
    const reason = cause instanceof RangeError ? 'found values nested too deeply' : locateJsonError(text);
    throw new WireError('malformed', `Cannot parse the JSON body: ${reason}`, { cause });
  }
}

/** Fewer digits always fit a double. */
const longNumber = /\d{16}/;

const keepWholeNumber: Reviver = (_key, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d{16,}$/.test(source) ? BigInt(source) : value;
};
