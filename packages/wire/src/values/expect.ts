import { unexpected } from '../misfit.ts';

/** @throws {Misfit} */
export function expectString(value: unknown): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  return value;
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

/** @throws {Misfit} */
export function expectBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected(value, 'bytes');
  return value;
}
