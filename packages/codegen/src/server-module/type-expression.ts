import { hasTrait, type ShapeId } from '@latchkey/smithy';
import type { ModuleInput } from './module-input.ts';

/** The TypeScript type of a shape's values. */
export function typeExpression(input: ModuleInput, id: ShapeId): string {
  const shape = input.model.getDataShape(id);
  const element = (target: ShapeId) =>
    typeExpression(input, target) + (hasTrait(shape, 'smithy.api#sparse') ? ' | null' : '');
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'enum':
    case 'intEnum':
      return input.names.typeOf(id);
    case 'list': {
      const item = element(shape.member.target);
      return `readonly ${/^[\w]+$/.test(item) ? item : `(${item})`}[]`;
    }
    case 'map':
      return `Readonly<Record<string, ${element(shape.value.target)}>>`;
    case 'string':
    case 'boolean':
      return shape.type;
    case 'blob':
      return 'Uint8Array';
    case 'timestamp':
      return 'Date';
    case 'document':
      return 'unknown';
    case 'long':
    case 'bigInteger':
      return 'number | bigint';
    default:
      return 'number';
  }
}
