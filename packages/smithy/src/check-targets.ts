import { ModelError } from './model-error.ts';
import type { Member, Shape } from './shape.ts';
import type { ShapeId } from './shape-id.ts';

type Find = (id: ShapeId) => Shape | undefined;

/** Checks that what a shape points at exists and is of a kind that may stand there. */
export function checkTargets(shape: Shape, find: Find): void {
  const check = (ids: Iterable<ShapeId>, role: Role) => {
    for (const id of ids) checkTarget(shape.id, id, role, find);
  };
  switch (shape.type) {
    case 'enum':
    case 'intEnum':
    case 'structure':
    case 'union':
      for (const member of shape.members.values()) checkMember(member, data, find);
      break;
    case 'list':
      checkMember(shape.member, data, find);
      break;
    case 'map':
      checkMember(shape.key, mapKey, find);
      checkMember(shape.value, data, find);
      break;
    case 'operation':
      check([shape.input, shape.output], structure);
      check(shape.errors, error);
      break;
    case 'resource':
      check([...shape.identifiers.values(), ...shape.properties.values()], data);
      check(shape.operations, operation);
      check(shape.resources, resource);
      break;
    case 'service':
      check(shape.operations, operation);
      check(shape.resources, resource);
      check(shape.errors, error);
      check(shape.rename.keys(), data);
  }
}

interface Role {
  readonly name: string;
  readonly accepts: (target: Shape) => boolean;
}

const boundTypes: readonly Shape['type'][] = ['operation', 'resource', 'service'];
const data: Role = { name: 'data', accepts: ({ type }) => !boundTypes.includes(type) };
const mapKey: Role = {
  name: 'a string or an enum',
  accepts: ({ type }) => type === 'string' || type === 'enum',
};
const structure: Role = { name: 'a structure', accepts: ({ type }) => type === 'structure' };
const operation: Role = { name: 'an operation', accepts: ({ type }) => type === 'operation' };
const resource: Role = { name: 'a resource', accepts: ({ type }) => type === 'resource' };
const error: Role = {
  name: 'a structure with trait smithy.api#error',
  accepts: ({ type, traits }) => type === 'structure' && traits['smithy.api#error'] !== undefined,
};

function checkMember(member: Member, role: Role, find: Find): void {
  checkTarget(member.id, member.target, role, find);
}

function checkTarget(from: ShapeId, id: ShapeId, role: Role, find: Find): void {
  const target = find(id);
  if (target === undefined) throw new ModelError(from, `target "${id}" does not exist`);
  if (!role.accepts(target))
    throw new ModelError(from, `target "${id}": is a ${target.type}, must be ${role.name}`);
}
