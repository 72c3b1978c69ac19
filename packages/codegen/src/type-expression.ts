import { type DataShape, hasTrait, type ShapeId } from '@latchkey/smithy';

/** What client and server modules write differently in the TypeScript types of shapes. */
export interface TypeForm {
  /** Name of the type of a structure, union or enum. */
  typeOf(id: ShapeId): string;
  /** Type of what is in a list or map. */
  typeIn(target: ShapeId): string;
  list(item: string): string;
  map(value: string): string;
  document(): string;
  /** Type of 64-bit integers. */
  readonly long: string;
  /** Type of bytes. */
  blob(): string;
}

/** The TypeScript type of a shape's values, which do not stream. */
export function typeOfValues(shape: DataShape, form: TypeForm): string {
  const typeIn = (target: ShapeId) =>
    form.typeIn(target) + (hasTrait(shape, 'smithy.api#sparse') ? ' | null' : '');
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'enum':
    case 'intEnum':
      return form.typeOf(shape.id);
    case 'list':
      return form.list(typeIn(shape.member.target));
    case 'map':
      return form.map(typeIn(shape.value.target));
    case 'string':
    case 'boolean':
      return shape.type;
    case 'blob':
      return form.blob();
    case 'timestamp':
      return 'Date';
    case 'document':
      return form.document();
    case 'long':
    case 'bigInteger':
      return form.long;
    default:
      return 'number';
  }
}
