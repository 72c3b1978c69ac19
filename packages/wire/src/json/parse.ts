import { WireError } from '../error.ts';
import { decodeUtf8 } from '../values/utf8.ts';

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const parse: (text: string, reviver?: Reviver) => unknown = JSON.parse;

export interface ParseOptions {
  /** Keeps whole numbers that a double cannot hold, as `bigint`; slower where there are any. */
  readonly exact: boolean;
  /** Says where a text stops being JSON; a client, which cannot mend it, does without. */
  readonly explain?: ((text: string) => string) | undefined;
}

/**
 * Parses a JSON document (RFC 8259); of a repeated key the last value counts.
 *
 * @throws {WireError} `malformed`; it never says what stands in the text
 */
export function parseJson(
  body: Uint8Array,
  { exact, explain = () => 'it is not JSON' }: ParseOptions,
): unknown {
  const text = decodeUtf8(body);
  if (text === undefined) throw new WireError('malformed', 'Cannot read the body: it is not UTF-8');
  try {
    return exact && longNumber.test(text) ? parse(text, keepWholeNumber) : parse(text);
  } catch (cause) {
    // A reviver is called by recursion, so the stack bounds how deep a text may nest.
    const reason = cause instanceof RangeError ? 'found values nested too deeply' : explain(text);
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
