import { errorsOf, type Member, type ShapeId, type StructureShape } from '@latchkey/smithy';
import type { ClientDeclarations } from '../client-module/client-declarations.ts';
import type { ClientInput } from '../client-module/client-input.ts';
import { unit } from '../client-module/unit.ts';
import { compareNames } from '../names.ts';
import type { Use } from './reference.ts';

/** References to each shape that has a symbol: from methods, then from properties, in order of their symbols. */
export function usesOf({ input, methods }: ClientDeclarations): ReadonlyMap<ShapeId, readonly Use[]> {
  const uses = new Map<ShapeId, Use[]>();
  const add = (id: ShapeId, use: Use) => {
    const known = uses.get(id);
    if (known) known.push(use);
    else uses.set(id, [use]);
  };
  for (const { operation } of methods) {
    const method = { symbol: input.className, member: operation.method, required: false };
    add(operation.shape.input, { as: 'input', ...method });
    add(operation.shape.output, { as: 'output', ...method });
    for (const error of errorsOf(input.service, operation.shape)) add(error, { as: 'error', ...method });
  }
  for (const shape of structuresByName(input)) {
    for (const member of shape.members.values()) {
      const use: Use = {
        as: 'property',
        symbol: input.typeOf(shape.id),
        member: member.name,
        required: shape.type === 'structure' && input.isRequired(shape.id, member),
      };
      for (const id of new Set(symbolsIn(input, member))) add(id, use);
    }
  }
  return uses;
}

function structuresByName({ closure, typeOf }: ClientInput): readonly StructureShape[] {
  return closure
    .flatMap((shape) =>
      (shape.type === 'structure' || shape.type === 'union') && shape.id !== unit ? [shape] : [],
    )
    .toSorted((a, b) => compareNames(typeOf(a.id), typeOf(b.id)));
}

/** Shapes that a member's type names: its target, or what is in a list or map. */
function symbolsIn(input: ClientInput, member: Member): readonly ShapeId[] {
  const shape = input.model.getDataShape(member.target);
  switch (shape.type) {
    case 'list':
      return symbolsIn(input, shape.member);
    case 'map':
      return [...symbolsIn(input, shape.key), ...symbolsIn(input, shape.value)];
    default:
      return [shape.id];
  }
}
