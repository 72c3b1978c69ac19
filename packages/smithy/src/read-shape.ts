import { type Definition, referenceAt, referencesAt, traitsAt } from './definition.ts';
import { type Json, objectAt, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import { type Member, type Shape, type SimpleType, simpleTypes } from './shape.ts';
import { isShapeId, type ShapeId } from './shape-id.ts';

const unit = 'smithy.api#Unit';

const lifecycle = ['put', 'create', 'read', 'update', 'delete', 'list'] as const;

const propertiesByType: Readonly<Partial<Record<Shape['type'], readonly string[]>>> = {
  enum: ['members'],
  intEnum: ['members'],
  list: ['member'],
  map: ['key', 'value'],
  structure: ['members'],
  union: ['members'],
  operation: ['input', 'output', 'errors'],
  resource: ['identifiers', 'properties', ...lifecycle, 'operations', 'collectionOperations', 'resources'],
  service: ['version', 'operations', 'resources', 'errors', 'rename'],
};

/** Reads one definition. Checks that its type exists, and that it has the properties of that type and no others. */
export function readShape(definition: Definition): Shape {
  const shape = shapeOf(definition);
  const allowed = propertiesByType[shape.type] ?? [];
  for (const name of Object.keys(definition.properties)) {
    if (name !== 'type' && name !== 'traits' && !allowed.includes(name)) {
      throw new ModelError(shape.id, `unknown property "${name}" of type ${shape.type}`);
    }
  }
  return shape;
}

function shapeOf({ id, type, properties }: Definition): Shape {
  const base = { id, traits: traitsAt(properties['traits'], id) };
  const at = (what: string) => ({ shapeId: id, what });
  const references = (name: string) => referencesAt(properties[name], at(name));
  const member = (name: string) => readMember(id, name, properties[name]);
  switch (type) {
    case 'enum':
    case 'intEnum':
    case 'structure':
    case 'union':
      return { ...base, type, members: readMembers(id, properties['members']) };
    case 'list':
      return { ...base, type, member: member('member') };
    case 'map':
      return { ...base, type, key: member('key'), value: member('value') };
    case 'operation':
      return {
        ...base,
        type,
        input: properties['input'] === undefined ? unit : referenceAt(properties['input'], at('input')),
        output: properties['output'] === undefined ? unit : referenceAt(properties['output'], at('output')),
        errors: references('errors'),
      };
    case 'resource':
      return {
        ...base,
        type,
        identifiers: readReferences(id, 'identifiers', properties['identifiers']),
        properties: readReferences(id, 'properties', properties['properties']),
        operations: [
          ...lifecycle
            .filter((name) => properties[name] !== undefined)
            .map((name) => referenceAt(properties[name], at(name))),
          ...references('operations'),
          ...references('collectionOperations'),
        ],
        resources: references('resources'),
      };
    case 'service':
      return {
        ...base,
        type,
        version: properties['version'] === undefined ? '' : stringAt(properties['version'], at('version')),
        operations: references('operations'),
        resources: references('resources'),
        errors: references('errors'),
        rename: readRename(id, properties['rename']),
      };
    default:
      return { ...base, type: simpleType(type, id) };
  }
}

function simpleType(type: string, id: ShapeId): SimpleType {
  const found = simpleTypes.find((simple) => simple === type);
  if (found === undefined) throw new ModelError(id, `unknown type "${type}"`);
  return found;
}

function readMembers(id: ShapeId, value: Json | undefined): ReadonlyMap<string, Member> {
  if (value === undefined) return new Map();
  const members = objectAt(value, { shapeId: id, what: 'members' });
  return new Map(Object.entries(members).map(([name, member]) => [name, readMember(id, name, member)]));
}

function readMember(container: ShapeId, name: string, value: Json | undefined): Member {
  const id = `${container}$${name}`;
  if (!isShapeId(id)) throw new ModelError(container, `member "${name}": is not a Smithy identifier`);
  const member = objectAt(value, { shapeId: id, what: 'member' });
  for (const key of Object.keys(member)) {
    if (key !== 'target' && key !== 'traits')
      throw new ModelError(id, `unknown property "${key}" of a member`);
  }
  return {
    id,
    name,
    target: referenceAt(member, { shapeId: id, what: 'member' }),
    traits: traitsAt(member['traits'], id),
  };
}

function readReferences(
  shapeId: ShapeId,
  what: string,
  value: Json | undefined,
): ReadonlyMap<string, ShapeId> {
  if (value === undefined) return new Map();
  const entries = Object.entries(objectAt(value, { shapeId, what }));
  return new Map(
    entries.map(([name, item]) => [name, referenceAt(item, { shapeId, what: `${what}.${name}` })]),
  );
}

function readRename(shapeId: ShapeId, value: Json | undefined): ReadonlyMap<ShapeId, string> {
  if (value === undefined) return new Map();
  const entries = Object.entries(objectAt(value, { shapeId, what: 'rename' }));
  return new Map(entries.map(([id, name]) => [id, stringAt(name, { shapeId, what: `rename of "${id}"` })]));
}
