import { viewed } from '@latchkey/wire/values/expect';
import { ClientError } from '../client-error.ts';
import type { DocumentInput, MarshalledValue } from './document.ts';
import { DynamoNumber, faultOf } from './dynamo-number.ts';

/** Levels of lists and maps that DynamoDB stores. */
const maxDepth = 32;

/**
 * Writes a plain object as the item, key or values of an expression that DynamoDB takes. A class is refused by its name
 * and its place, so that none is stored as something else: `Date`, `Map`, one of the program's own.
 *
 * @example
 * ```ts
 * marshall({ id: '1', tags: new Set(['a']) }); // { id: { S: '1' }, tags: { SS: ['a'] } }
 * ```
 * @throws {ClientError} `badInput` for what DynamoDB cannot store, with its path
 */
export function marshall(item: object): { [key: string]: MarshalledValue } {
  const value = marshallValue(item);
  if (value.M !== undefined) return value.M;
  throw refused('', `${describe(item)}, expected a plain object`);
}

/**
 * Writes one value as DynamoDB takes it.
 *
 * @param path where the value stands, for messages, e.g. `/Item`
 * @throws {ClientError} `badInput` for what DynamoDB cannot store, with its path
 */
export function marshallValue(value: DocumentInput, path = ''): MarshalledValue {
  return written(value, path, 0);
}

function written(value: unknown, path: string, depth: number): MarshalledValue {
  if (depth > maxDepth)
    throw refused(path, `a value below ${maxDepth} lists or objects, or one that holds itself`);
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  const number = numberText(value, path);
  if (number !== undefined) return { N: number };
  const bytes = viewed(value);
  if (bytes !== undefined) return { B: bytes };
  if (value instanceof Set) return writtenSet([...value], path);
  if (Array.isArray(value)) {
    // `Array.from` also visits the holes.
    return { L: Array.from(value, (each, index) => written(each, `${path}/${index}`, depth + 1)) };
  }
  if (!isPlain(value)) throw refused(path, `${describe(value)}, expected plain values${adviceFor(value)}`);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return {
    M: Object.fromEntries(members.map(([key, each]) => [key, written(each, `${path}/${key}`, depth + 1)])),
  };
}

/** @returns undefined for what is no number */
function numberText(value: unknown, path: string): string | undefined {
  if (value instanceof DynamoNumber) return value.text;
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw refused(path, `${value}, which a number may not hold exactly; give a bigint`);
  }
  const text = String(value);
  const fault = faultOf(text);
  if (fault !== undefined) throw refused(path, fault);
  return text;
}

function writtenSet(values: readonly unknown[], path: string): MarshalledValue {
  if (values.length === 0) throw refused(path, 'an empty Set, which DynamoDB does not store');
  if (values.every((each) => typeof each === 'string')) return { SS: [...values] };
  const numbers = values.map((each) => numberText(each, path));
  if (numbers.every((each) => each !== undefined)) return { NS: numbers };
  const bytes = values.map(viewed);
  if (bytes.every((each) => each !== undefined)) return { BS: bytes };
  const kinds = new Set(values.map(describe));
  throw refused(path, `a Set of ${[...kinds].join(' and ')}, expected only text, only numbers or only bytes`);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of an object from another realm is no `Object.prototype` of ours, but has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const { constructor: made } = value;
  return `a ${typeof made === 'function' && made.name !== '' ? made.name : 'class'}`;
}

function adviceFor(value: unknown): string {
  if (value instanceof Date) return '; give its toISOString() or getTime()';
  return value instanceof Map ? '; give Object.fromEntries(map)' : '';
}

function refused(path: string, found: string): ClientError {
  return new ClientError('badInput', `Cannot marshall ${path === '' ? 'the value' : path}: found ${found}`);
}
