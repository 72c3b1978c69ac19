import type { ShapeId } from '@latchkey/smithy';
import type { ClientDeclarations } from '../client-module/client-declarations.ts';
import type { ClientInput } from '../client-module/client-input.ts';
import { unit } from '../client-module/unit.ts';
import type { Requirement } from './reference.ts';

/** The operations that cannot be called without a value of each shape, by shape. */
export function requirementsOf({
  input,
  methods,
}: ClientDeclarations): ReadonlyMap<ShapeId, readonly Requirement[]> {
  const found = new Map<ShapeId, Requirement[]>();
  for (const { operation } of methods) {
    if (operation.shape.input === unit) continue;
    for (const [id, through] of requiredIn(input, operation.shape.input)) {
      const requirement = { symbol: input.className, member: operation.method, through };
      const known = found.get(id);
      if (known) known.push(requirement);
      else found.set(id, [requirement]);
    }
  }
  return found;
}

/** The shapes in members that must be given, and in members of those that must be; each with the members before it. */
function requiredIn(input: ClientInput, start: ShapeId): ReadonlyMap<ShapeId, readonly string[]> {
  const found = new Map<ShapeId, readonly string[]>([[start, []]]);
  // A map is read in the order of its entries, those that are added on the way included.
  for (const [id, through] of found) {
    for (const [target, name] of requiredFrom(input, id)) {
      if (!found.has(target)) found.set(target, name === undefined ? through : [...through, name]);
    }
  }
  found.delete(start);
  return found;
}

function requiredFrom(
  input: ClientInput,
  id: ShapeId,
): readonly (readonly [target: ShapeId, member?: string])[] {
  const shape = input.model.getDataShape(id);
  switch (shape.type) {
    case 'structure':
      return [...shape.members.values()]
        .filter((member) => input.isRequired(id, member))
        .map(({ name, target }) => [target, name]);
    case 'list':
      return [[shape.member.target]];
    case 'map':
      return [[shape.key.target], [shape.value.target]];
    default:
      return [];
  }
}
