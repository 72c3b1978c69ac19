import { type DataShape, hasTrait, type Model, type ShapeId } from '@latchkey/smithy';
import { printLiteral, quote } from '../literal.ts';

/** TypeScript expression of a value that has no literal. */
class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/**
 * Prints a value of an example, which is JSON in the model, as TypeScript for the client's types.
 *
 * @param taken number of columns already used on the first line
 */
export function printExampleValue(model: Model, id: ShapeId, value: unknown, taken = 0): string {
  const read = (value: unknown) => (value instanceof Expression ? value.code : undefined);
  return printLiteral(typedValue(model, model.getDataShape(id), value), read, '', taken);
}

function typedValue(model: Model, shape: DataShape, value: unknown): unknown {
  if (value === null) return null;
  const of = (target: ShapeId, inner: unknown) => typedValue(model, model.getDataShape(target), inner);
  switch (shape.type) {
    case 'structure':
    case 'union':
      return mapEntries(value, (name, inner) => {
        const member = shape.members.get(name);
        return member === undefined ? inner : of(member.target, inner);
      });
    case 'map':
      return mapEntries(value, (_name, inner) => of(shape.value.target, inner));
    case 'list':
      return Array.isArray(value) ? value.map((inner: unknown) => of(shape.member.target, inner)) : value;
    case 'timestamp':
      return new Expression(`new Date(${typeof value === 'number' ? value * 1000 : quote(String(value))})`);
    case 'blob':
      // A streaming blob may be given as text.
      if (hasTrait(shape, 'smithy.api#streaming')) return value;
      return new Expression(`new TextEncoder().encode(${quote(String(value))})`);
    case 'long':
    case 'bigInteger':
      return typeof value === 'number' && !Number.isSafeInteger(value)
        ? new Expression(`${BigInt(Math.trunc(value))}n`)
        : value;
    default:
      return value;
  }
}

function mapEntries(value: unknown, change: (name: string, inner: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(name, inner)]));
}
