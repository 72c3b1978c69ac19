import { type DataShape, hasTrait, type Model, type ShapeId } from '@latchkey/smithy';
import { printLiteral, quote } from '../literal.ts';

/** An event, which the client takes and gives in a stream. */
class EventExample {
  readonly event: unknown;

  constructor(event: unknown) {
    this.event = event;
  }
}

/** A constant of the program, which stands in the example in place of a value. */
export class NamedValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Reads a value of an example, which is JSON in the model, as the client takes it: timestamps become `Date`, blobs
 * `Uint8Array` (text where they stream), integers that a number cannot hold `bigint`.
 */
export function readExampleValue(model: Model, id: ShapeId, value: unknown): unknown {
  return typedValue(model, model.getDataShape(id), value);
}

/**
 * Prints a value of an example as TypeScript for the client's types.
 *
 * @param taken number of columns already used on the first line
 */
export function printExampleValue(model: Model, id: ShapeId, value: unknown, taken = 0): string {
  return printLiteral(readExampleValue(model, id, value), printSpecial, '', taken);
}

/** As `printExampleValue`; of an event stream, it prints one event. */
export function printEventOrValue(model: Model, id: ShapeId, value: unknown, taken: number): string {
  const typed = readExampleValue(model, id, value);
  return printLiteral(typed instanceof EventExample ? typed.event : typed, printSpecial, '', taken);
}

function printSpecial(value: unknown): string | undefined {
  if (value instanceof Date) {
    const time = value.getTime();
    return `new Date(${Number.isNaN(time) ? quote('') : quote(value.toISOString().replace('.000Z', 'Z'))})`;
  }
  if (value instanceof Uint8Array)
    return `new TextEncoder().encode(${quote(new TextDecoder().decode(value))})`;
  if (value instanceof EventExample) {
    return `(async function* () { yield ${printLiteral(value.event, printSpecial)}; })()`;
  }
  if (value instanceof NamedValue) return value.name;
  return typeof value === 'bigint' ? `${value}n` : undefined;
}

function typedValue(model: Model, shape: DataShape, value: unknown): unknown {
  if (value === null) return null;
  if (value instanceof NamedValue)
    return hasTrait(shape, 'smithy.api#streaming') ? new EventExample(value) : value;
  const of = (target: ShapeId, inner: unknown) => typedValue(model, model.getDataShape(target), inner);
  switch (shape.type) {
    case 'structure':
    case 'union': {
      const entries = mapEntries(value, (name, inner) => {
        const member = shape.members.get(name);
        return member === undefined ? inner : of(member.target, inner);
      });
      return hasTrait(shape, 'smithy.api#streaming') ? new EventExample(entries) : entries;
    }
    case 'map':
      return mapEntries(value, (_name, inner) => of(shape.value.target, inner));
    case 'list':
      return Array.isArray(value) ? value.map((inner: unknown) => of(shape.member.target, inner)) : value;
    case 'timestamp':
      return new Date(typeof value === 'number' ? value * 1000 : String(value));
    case 'blob':
      return hasTrait(shape, 'smithy.api#streaming') ? value : new TextEncoder().encode(String(value));
    case 'long':
    case 'bigInteger':
      return typeof value === 'number' && !Number.isSafeInteger(value) ? BigInt(Math.trunc(value)) : value;
    default:
      return value;
  }
}

function mapEntries(value: unknown, change: (name: string, inner: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(name, inner)]));
}
