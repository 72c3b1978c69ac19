import { hasTrait, type ShapeId } from '@latchkey/smithy';
import { typeOfValues } from '../type-expression.ts';
import { type ClientInput, unit } from './client-input.ts';

/** Whether a value is sent or received. Only streaming blobs differ. */
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
    typeIn: (target) => typeExpression(input, target),
    list: (item) => (/ \| [^\]}]*$/.test(item) ? `(${item})[]` : `${item}[]`),
    map: (value) => `{ [key: string]: ${value} }`,
    document: () => imports.use('type', 'DocumentValue'),
  });
}
