import { targetOf } from './member.ts';
import type { MemberSchema } from './schema.ts';
import type { IntegerType } from './values/number.ts';

/** What a form of values does with each kind of those that hold no others. */
export interface SimpleKinds<Work> {
  /** An enum, too. */
  readonly string: Work;
  readonly boolean: Work;
  /** A whole number within the range of a type; that of an intEnum is `integer`. */
  integer(type: IntegerType): Work;
  readonly float: Work;
  readonly double: Work;
  readonly bigDecimal: Work;
  readonly timestamp: Work;
  readonly blob: Work;
  /** Absent from forms that have no place for one. */
  readonly document?: Work;
}

/**
 * Picks what is to be done with the values of a member.
 *
 * @throws {TypeError} when they hold others, or the form has no place for them
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
