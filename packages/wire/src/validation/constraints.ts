import { targetOf, traitsOf } from '../member.ts';
import type { EnumSchema, MemberSchema, Traits } from '../schema.ts';
import { canonicalText } from './canonical-text.ts';
import type { Failure } from './failure.ts';
import { compilePattern } from './pattern/pattern.ts';

/** Checks one value by itself, not what it contains. */
export type Constraint = (value: unknown) => Failure | undefined;

/** The constraints of a member and its target. */
export function constraintsOf(member: MemberSchema): readonly Constraint[] {
  const target = targetOf(member);
  const { length, range, pattern, uniqueItems } = traitsOf(member);
  const constraints: Constraint[] = [];
  if (length !== undefined) constraints.push(lengthConstraint(length));
  if (range !== undefined) constraints.push(rangeConstraint(range));
  if (pattern !== undefined) constraints.push(patternConstraint(pattern));
  if (uniqueItems && target.type === 'list') constraints.push(uniqueItemsConstraint);
  if (target.type === 'enum' || target.type === 'intEnum') constraints.push(enumConstraint(target));
  return constraints;
}

function lengthConstraint({ min, max }: NonNullable<Traits['length']>): Constraint {
  const constraint = `Member must have length ${describeBounds(min, max)}`;
  return (value) => {
    // Code points are between half of the code units and all of them: most strings need no counting.
    const isString = typeof value === 'string';
    if (isString && isWithin(value.length, min, max) && isWithin(value.length / 2, min, max))
      return undefined;
    const length = lengthOf(value);
    return isWithin(length, min, max) ? undefined : { steps: [], length, constraint };
  };
}

function rangeConstraint({ min, max }: NonNullable<Traits['range']>): Constraint {
  const constraint = `Member must be ${describeBounds(min, max)}`;
  return (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    return isWithin(value, min, max) ? undefined : { steps: [], constraint };
  };
}

function patternConstraint(pattern: string): Constraint {
  const matches = compilePattern(pattern);
  const constraint = `Member must satisfy regular expression pattern: ${pattern}`;
  return (value) => (typeof value !== 'string' || matches(value) ? undefined : { steps: [], constraint });
}

function enumConstraint({ values, internalValues = [] }: EnumSchema): Constraint {
  const allowed = new Set<unknown>(values);
  const told = values.filter((value) => !internalValues.includes(value));
  const constraint = `Member must satisfy enum value set: [${told.join(', ')}]`;
  return (value) => (allowed.has(value) ? undefined : { steps: [], constraint });
}

function uniqueItemsConstraint(value: unknown): Failure | undefined {
  if (!Array.isArray(value)) return undefined;
  const unique = new Set(value.map(canonicalText)).size === value.length;
  return unique ? undefined : { steps: [], constraint: 'Member must have unique values' };
}

function isWithin(value: number | bigint, min: number | undefined, max: number | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function describeBounds(min: number | undefined, max: number | undefined): string {
  if (max === undefined) return `greater than or equal to ${min}`;
  return min === undefined ? `less than or equal to ${max}` : `between ${min} and ${max}, inclusive`;
}

/** Code points of a string, bytes of a blob, items of a list, entries of a map. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const isHigh = (text.charCodeAt(index) & 0xfc00) === 0xd800;
    if (isHigh && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count -= 1;
      index += 1;
    }
  }
  return count;
}
