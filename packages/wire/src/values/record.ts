import { Misfit, unexpected } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';

/** Sets a key that the caller chose. A plain assignment to `__proto__` would set the prototype. */
export function setKey(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

/** @throws {Misfit} when a value is not a plain object */
export function checkRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unexpected(value, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

/** Compiles the check that a value is a union: a record in which exactly one member is set. */
export function unionChecker({
  members,
}: StructureSchema): (value: unknown) => Readonly<Record<string, unknown>> {
  const names = Object.keys(members);
  return (value) => {
    const union = checkRecord(value);
    const { length } = names.filter((name) => union[name] !== undefined && union[name] !== null);
    if (length !== 1) throw new Misfit(`found ${length} members in a union, expected exactly one`);
    return union;
  };
}
