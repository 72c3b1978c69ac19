import type { End } from '../end.ts';
import { Misfit, unexpected } from '../misfit.ts';
import type { SimpleSchema, Traits } from '../schema.ts';

export type IntegerType = Extract<SimpleSchema['type'], 'byte' | 'short' | 'integer' | 'long' | 'bigInteger'>;

const bits = { byte: 8, short: 16, integer: 32 } as const;
const longLimit = 2n ** 63n;
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const wholeNumber = /^-?\d+$/;

/** Checks that a value is a whole number in the range of its type. */
export function checkInteger(value: unknown, type: IntegerType): number | bigint {
  if (typeof value === 'bigint') return checkBigInt(value, type);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw unexpected(value, 'a whole number');
  if (type === 'long' || type === 'bigInteger') {
    return Number.isSafeInteger(value) ? value : checkBigInt(BigInt(value), type);
  }
  const limit = 2 ** (bits[type] - 1);
  if (value < -limit || value >= limit) throw outOfRange(type);
  return value;
}

function checkBigInt(value: bigint, type: IntegerType): bigint {
  if (type !== 'long' && type !== 'bigInteger') throw outOfRange(type);
  if (type === 'long' && (value < -longLimit || value >= longLimit)) throw outOfRange(type);
  return value;
}

/**
 * Makes a checked integer the value that a program gets. A client's is a `number`, or for 64 bits a `bigint` where it was
 * generated so: of the two always the same one, so that the TypeScript types hold. A server's is a `bigint` only where a
 * `number` would not be exact.
 *
 * @returns a function that throws `Misfit` for an integer that the client's `number` cannot hold
 */
export function receivedInteger(
  type: IntegerType,
  { bigint }: Pick<Traits, 'bigint'>,
  end: End,
): (value: number | bigint) => number | bigint {
  if (end === 'server' || (type !== 'long' && type !== 'bigInteger')) return (value) => value;
  if (bigint) return BigInt;
  return (value) => {
    if (typeof value === 'number') return value;
    throw new Misfit(
      'found a whole number that a number of JavaScript cannot hold; a client that is generated with longs=bigint reads it',
    );
  };
}

export function parseInteger(text: string, type: IntegerType): number | bigint {
  if (!wholeNumber.test(text)) throw new Misfit('expected a whole number');
  const value = Number(text);
  return checkInteger(Number.isSafeInteger(value) ? value : BigInt(text), type);
}

/** Whether a text is the name of a non-finite number, as JSON, headers and forms write them. */
export function isNonFiniteName(text: unknown): text is 'NaN' | 'Infinity' | '-Infinity' {
  return text === 'NaN' || text === 'Infinity' || text === '-Infinity';
}

export function parseFloatingPoint(text: string): number {
  if (!decimal.test(text) && !isNonFiniteName(text)) throw new Misfit('expected a number');
  return Number(text);
}

function outOfRange(type: IntegerType): Misfit {
  return new Misfit(`found a number out of the range of ${type}`);
}
