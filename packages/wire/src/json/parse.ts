import { WireError } from '../error.ts';
import { decodeUtf8 } from '../values/utf8.ts';

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const parse: (text: string, reviver?: Reviver) => unknown = JSON.parse;

export interface ParseOptions {
  /** Whether integers that a double cannot hold become `bigint`. Slower where there are any. */
  readonly exact: boolean;
  /** Finds where a text is not JSON. Clients leave it out: their users cannot mend the text. */
  readonly explain?: ((text: string) => string) | undefined;
}

/**
 * Parses a JSON document (RFC 8259). The last value of a repeated key counts.
 *
 * @throws {WireError} `malformed`. The message never quotes the text
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
    // A reviver is called recursively, so the stack limits the depth of a text.
    const reason = cause instanceof RangeError ? 'found values nested too deeply' : explain(text);
    throw new WireError('malformed', `Cannot parse the JSON body: ${reason}`, { cause });
  }
}

/** Digits that may not fit a double; fewer always do. */
const longNumber = /\d{16}/;

const keepWholeNumber: Reviver = (_key, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d{16,}$/.test(source) ? BigInt(source) : value;
};
