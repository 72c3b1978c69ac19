import { targetOf } from './member.ts';
import type { MemberSchema } from './schema.ts';
import type { IntegerType } from './values/number.ts';

/** What one wire format does with each kind of simple value, i.e. of values that contain no others. */
export interface SimpleKinds<Work> {
  /** Strings and enums. */
  readonly string: Work;
  readonly boolean: Work;
  /** Whole numbers, in the range of their type. An intEnum has the type `integer`. */
  integer(type: IntegerType): Work;
  readonly float: Work;
  readonly double: Work;
  readonly bigDecimal: Work;
  readonly timestamp: Work;
  readonly blob: Work;
  /** Documents. Absent in formats that cannot hold any. */
  readonly document?: Work;
}

/**
 * Picks what to do with the values of a member.
 *
 * @throws {TypeError} when its type is not simple, or the format cannot hold it
 */
export function simpleKind<Work>(member: MemberSchema, kinds: SimpleKinds<Work>): Work {
  const { type } = targetOf(member);
  switch (type) {
    case 'string':
    case 'enum':
      return kinds.string;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger':
      return kinds.integer(type);
    case 'intEnum':
      return kinds.integer('integer');
    case 'boolean':
    case 'float':
    case 'double':
    case 'bigDecimal':
    case 'timestamp':
    case 'blob':
      return kinds[type];
    case 'document':
      if (kinds.document !== undefined) return kinds.document;
  }
  throw new TypeError(`Cannot compile a form of simple values: a ${type} has none`);
}
