import {
  awsQueryErrorTrait,
  closureOf,
  type DataShape,
  enumValues,
  errorTrait,
  hasTrait,
  internalEnumValues,
  type Member,
  type Model,
  nameIn,
  retryableTrait,
  type ServiceShape,
  type ShapeId,
  type StructureShape,
} from '@latchkey/smithy';
import type { ErrorSchema, MemberSchema, Schema, StructureSchema } from '@latchkey/wire';
import { schemaTraits } from './schema-traits.ts';

/** Makes a member optional for clients, as `smithy.api#input` does for all members of a structure. */
function optionalForClients({ target, traits }: MemberSchema): MemberSchema {
  if (traits === undefined) return { target };
  return { target, traits: traits.default === undefined ? traits : { ...traits, clientOptional: true } };
}

/** Schemas of all shapes in a service's messages, by shape id. Each comes after those it refers to. */
export type SchemaLibrary = ReadonlyMap<ShapeId, Schema>;

export function buildSchemaLibrary(
  model: Model,
  service: ServiceShape,
  closure: readonly DataShape[] = closureOf(model, service),
): SchemaLibrary {
  const library = new Map<ShapeId, Schema>();
  for (const shape of closure) library.set(shape.id, schemaOf(shape));
  return library;

  function schemaOf(shape: DataShape): Schema {
    const traits = schemaTraits(shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        return structureSchemaOf(shape);
      case 'list':
        return { type: shape.type, member: memberOf(shape.member), ...traits };
      case 'map':
        return { type: shape.type, key: memberOf(shape.key), value: memberOf(shape.value), ...traits };
      case 'enum':
      case 'intEnum': {
        const internalValues = internalEnumValues(shape);
        const internal = internalValues.length > 0 && { internalValues };
        return { type: shape.type, values: enumValues(shape), ...internal, ...traits };
      }
      default:
        return { type: shape.type, ...traits };
    }
  }

  function structureSchemaOf(shape: StructureShape): StructureSchema | ErrorSchema {
    const isInput = hasTrait(shape, 'smithy.api#input');
    const structure: StructureSchema = {
      type: shape.type,
      name: nameIn(service, shape.id),
      members: Object.fromEntries(
        [...shape.members.values()].map((member) => [
          member.name,
          isInput ? optionalForClients(memberOf(member)) : memberOf(member),
        ]),
      ),
      ...schemaTraits(shape),
    };
    if (!hasTrait(shape, 'smithy.api#error')) return structure;
    const queryError = awsQueryErrorTrait(shape);
    const retryable = retryableTrait(shape);
    return {
      ...structure,
      ...errorTrait(shape),
      ...(queryError && { queryError }),
      ...(retryable && { retryable }),
    };
  }

  function memberOf(member: Member): MemberSchema {
    return { target: targetOf(member.target), ...schemaTraits(member) };
  }

  /** Target of a member. One that is not in the library yet belongs to a cycle; it is looked up when it is needed. */
  function targetOf(id: ShapeId): MemberSchema['target'] {
    return library.get(id) ?? (() => getSchema(library, id));
  }
}

export function getSchema(library: SchemaLibrary, id: ShapeId): Schema {
  const schema = library.get(id);
  if (schema === undefined) throw new Error(`Schema library: has no schema of "${id}"`);
  return schema;
}

export function getStructure(library: SchemaLibrary, id: ShapeId): StructureSchema {
  const schema = getSchema(library, id);
  if (schema.type !== 'structure' && schema.type !== 'union') {
    throw new Error(`Schema library: "${id}" is a ${schema.type}, must be a structure`);
  }
  return schema;
}

export function getError(library: SchemaLibrary, id: ShapeId): ErrorSchema {
  const schema = getStructure(library, id);
  if (!isError(schema)) throw new Error(`Schema library: "${id}" is no error`);
  return schema;
}

function isError(schema: StructureSchema): schema is ErrorSchema {
  return 'fault' in schema;
}
