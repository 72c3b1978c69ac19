import { hasTrait, type ShapeId } from '@latchkey/smithy';
import { type ClientInput, unit } from './client-input.ts';

/** Whether a value is sent or received: only streams differ. */
export type Direction = 'input' | 'output';

/** The TypeScript type of a shape's values. */
export function typeExpression(input: ClientInput, id: ShapeId, direction: Direction = 'output'): string {
  if (id === unit) return '{ [key: string]: never }';
  const { imports, model } = input;
  const shape = model.getDataShape(id);
  const isStreaming = hasTrait(shape, 'smithy.api#streaming');
  const element = (target: ShapeId) =>
    typeExpression(input, target) + (hasTrait(shape, 'smithy.api#sparse') ? ' | null' : '');
  switch (shape.type) {
    case 'structure':
    case 'enum':
    case 'intEnum':
      return input.typeOf(id);
    case 'union':
      return isStreaming ? `AsyncIterable<${input.typeOf(id)}>` : input.typeOf(id);
    case 'list': {
      const item = element(shape.member.target);
      return / \| [^\]}]*$/.test(item) ? `(${item})[]` : `${item}[]`;
    }
    case 'map':
      return `{ [key: string]: ${element(shape.value.target)} }`;
    case 'string':
    case 'boolean':
      return shape.type;
    case 'blob':
      if (!isStreaming) return 'Uint8Array';
      return imports.use('type', direction === 'input' ? 'StreamingInput' : 'StreamingOutput');
    case 'timestamp':
      return 'Date';
    case 'document':
      return imports.use('type', 'DocumentValue');
    case 'long':
    case 'bigInteger':
      return 'number | bigint';
    default:
      return 'number';
  }
}
