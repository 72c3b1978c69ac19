import { hasTrait, type ShapeId } from '@latchkey/smithy';
import { typeOfValues } from '../type-expression.ts';
import type { ClientInput } from './client-input.ts';
import type { Direction } from './travels.ts';
import { unit } from './unit.ts';

/** The TypeScript type of a shape's values in a client module. */
export function typeExpression(input: ClientInput, id: ShapeId, direction: Direction = 'output'): string {
  if (id === unit) return '{ [key: string]: never }';
  const { imports, model } = input;
  const shape = model.getDataShape(id);
  if (hasTrait(shape, 'smithy.api#streaming')) {
    if (shape.type === 'union') return `AsyncIterable<${input.typeOf(id)}>`;
    return imports.use('type', direction === 'output' ? 'StreamingOutput' : 'StreamingInput');
  }
  return typeOfValues(shape, {
    typeOf: input.typeOf,
    typeIn: (target) => typeExpression(input, target, direction),
    list: (item) => listOf(item, direction),
    map: (value) => `{ [key: string]: ${value} }`,
    document: () => imports.use('type', 'DocumentValue'),
    long: input.longs,
    blob: () => blobType(input, direction),
  });
}

/** The type of bytes. Where the same type is received, it does not have all forms that bytes may be given in. */
function blobType({ imports }: ClientInput, direction: Direction): string {
  if (direction === 'input') return imports.use('type', 'BytesInput');
  return direction === 'both' ? 'Uint8Array | string' : 'Uint8Array';
}

/** The type of a list. One that is sent may be a list that its owner lets nobody change. */
function listOf(item: string, direction: Direction): string {
  const isCompound = / \| [^\]}]*$/.test(item) || item.startsWith('readonly ');
  return `${direction === 'output' ? '' : 'readonly '}${isCompound ? `(${item})` : item}[]`;
}
