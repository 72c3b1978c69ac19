import { concat } from '../streams/concat.ts';

/**
 * Encodes an ECDSA signature in DER, as AWS expects it.
 *
 * @param raw the two integers r and s, concatenated, as WebCrypto returns them
 */
export function derSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const numbers = concat([derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half))]);
  return concat([Uint8Array.of(0x30, numbers.length), numbers]);
}

/** A DER integer: without leading zeros, but with one where the number would otherwise be negative. */
function derInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? bytes.subarray(-1) : bytes.subarray(start);
  const isNegative = (digits[0] ?? 0) >= 0x80;
  return concat([
    Uint8Array.of(0x02, digits.length + (isNegative ? 1 : 0)),
    new Uint8Array(isNegative ? 1 : 0),
    digits,
  ]);
}
