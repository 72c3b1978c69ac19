import type { ShapeId } from '@latchkey/smithy';
import { typeOfValues } from '../type-expression.ts';
import type { ModuleInput } from './module-input.ts';

/** The TypeScript type of a shape's values in a server module. */
export function typeExpression(input: ModuleInput, id: ShapeId): string {
  return typeOfValues(input.model.getDataShape(id), {
    typeOf: input.names.typeOf,
    typeIn: (target) => typeExpression(input, target),
    list: (item) => `readonly ${/^[\w]+$/.test(item) ? item : `(${item})`}[]`,
    map: (value) => `Readonly<Record<string, ${value}>>`,
    document: () => 'unknown',
    long: 'number | bigint',
    blob: () => 'Uint8Array',
  });
}
