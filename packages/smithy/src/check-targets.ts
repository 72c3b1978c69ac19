import { ModelError } from './model-error.ts';
import type { Member, Shape } from './shape.ts';
import type { ShapeId } from './shape-id.ts';

/** Checks that all targets of a shape exist and have an allowed type. */
export function checkTargets(shape: Shape, find: (id: ShapeId) => Shape | undefined): void {
  for (const { from, to, role } of referencesOf(shape)) {
    const target = find(to);
    if (target === undefined) throw new ModelError(from, `target "${to}" does not exist`);
    if (!role.accepts(target)) {
      throw new ModelError(from, `target "${to}": is of type ${target.type}, must be ${role.name}`);
    }
  }
}

interface Reference {
  readonly from: ShapeId;
  readonly to: ShapeId;
  readonly role: Role;
}

interface Role {
  readonly name: string;
  readonly accepts: (target: Shape) => boolean;
}

const boundTypes: readonly Shape['type'][] = ['operation', 'resource', 'service'];

const roles = {
  data: { name: 'data', accepts: ({ type }) => !boundTypes.includes(type) },
  key: { name: 'a string or an enum', accepts: ({ type }) => type === 'string' || type === 'enum' },
  unit: { name: 'smithy.api#Unit', accepts: ({ id }) => id === 'smithy.api#Unit' },
  structure: { name: 'a structure', accepts: ({ type }) => type === 'structure' },
  error: {
    name: 'a structure with trait smithy.api#error',
    accepts: ({ type, traits }) => type === 'structure' && traits['smithy.api#error'] !== undefined,
  },
  operation: { name: 'an operation', accepts: ({ type }) => type === 'operation' },
  resource: { name: 'a resource', accepts: ({ type }) => type === 'resource' },
} as const satisfies Record<string, Role>;

function referencesOf(shape: Shape): readonly Reference[] {
  const member = ({ id, target }: Member, role: Role): Reference => ({ from: id, to: target, role });
  const all = (ids: Iterable<ShapeId>, role: Role): readonly Reference[] =>
    Array.from(ids, (id) => ({ from: shape.id, to: id, role }));
  switch (shape.type) {
    case 'structure':
    case 'union':
      return Array.from(shape.members.values(), (each) => member(each, roles.data));
    case 'enum':
    case 'intEnum':
      return Array.from(shape.members.values(), (each) => member(each, roles.unit));
    case 'list':
      return [member(shape.member, roles.data)];
    case 'map':
      return [member(shape.key, roles.key), member(shape.value, roles.data)];
    case 'operation':
      return [...all([shape.input, shape.output], roles.structure), ...all(shape.errors, roles.error)];
    case 'resource':
      return [
        ...all(shape.identifiers.values(), roles.data),
        ...all(shape.properties.values(), roles.data),
        ...all(shape.operations, roles.operation),
        ...all(shape.resources, roles.resource),
      ];
    case 'service':
      return [
        ...all(shape.operations, roles.operation),
        ...all(shape.resources, roles.resource),
        ...all(shape.errors, roles.error),
        ...all(shape.rename.keys(), roles.data),
      ];
    default:
      return [];
  }
}
