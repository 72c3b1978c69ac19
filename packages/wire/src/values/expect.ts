import { Misfit, unexpected } from '../misfit.ts';
import { encodeUtf8 } from './utf8.ts';

/** @throws {Misfit} */
export function expectString(value: unknown): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  return value;
}

/**
 * A string that can be written as UTF-8.
 *
 * @throws {Misfit} for an unpaired surrogate, too: half of a character, which would arrive as another one
 */
export function expectText(value: unknown): string {
  const text = expectString(value);
  if (!text.isWellFormed()) throw new Misfit('found half of a surrogate pair, which is no character');
  return text;
}

/** @throws {Misfit} */
export function expectBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean');
  return value;
}

/** @throws {Misfit} */
export function expectNumber(value: unknown): number {
  if (typeof value !== 'number') throw unexpected(value, 'a number');
  return value;
}

/** The bytes of a blob that a program gives: text is written as UTF-8. @throws {Misfit} */
export function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return encodeUtf8(expectText(value));
  const bytes = viewed(value);
  if (bytes === undefined) throw unexpected(value, 'bytes or text');
  return bytes;
}

/** The bytes of a buffer, or those that a view shows. @returns undefined for other values */
export function viewed(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** @throws {Misfit} */
export function expectBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected(value, 'bytes');
  return value;
}
