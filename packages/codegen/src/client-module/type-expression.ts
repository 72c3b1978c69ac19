import { hasTrait, type ShapeId } from '@latchkey/smithy';
import { typeOfValues } from '../type-expression.ts';
import type { ClientInput } from './client-input.ts';
import { unit } from './unit.ts';

/** Whether a value is sent, or only received. Blobs differ: text may be given for one that is sent. */
export type Direction = 'input' | 'output';

/** The TypeScript type of a shape's values in a client module. */
export function typeExpression(input: ClientInput, id: ShapeId, direction: Direction = 'output'): string {
  if (id === unit) return '{ [key: string]: never }';
  const { imports, model } = input;
  const shape = model.getDataShape(id);
  if (hasTrait(shape, 'smithy.api#streaming')) {
    if (shape.type === 'union') return `AsyncIterable<${input.typeOf(id)}>`;
    return imports.use('type', direction === 'input' ? 'StreamingInput' : 'StreamingOutput');
  }
  return typeOfValues(shape, {
    typeOf: input.typeOf,
    typeIn: (target) => typeExpression(input, target, direction),
    list: (item) => (/ \| [^\]}]*$/.test(item) ? `(${item})[]` : `${item}[]`),
    map: (value) => `{ [key: string]: ${value} }`,
    document: () => imports.use('type', 'DocumentValue'),
    long: input.longs,
    blob: direction === 'input' ? 'Uint8Array | string' : 'Uint8Array',
  });
}
