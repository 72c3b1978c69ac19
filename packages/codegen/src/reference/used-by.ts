import { errorsOf, type Member, type ShapeId } from '@latchkey/smithy';
import type { ClientDeclarations } from '../client-module/client-declarations.ts';
import type { ClientInput } from '../client-module/client-input.ts';
import type { Use } from './reference.ts';

/** What refers to each shape that has a symbol of its own: methods first, then properties. */
export function usesOf({ input, methods }: ClientDeclarations): ReadonlyMap<ShapeId, readonly Use[]> {
  const uses = new Map<ShapeId, Use[]>();
  const add = (id: ShapeId, use: Use) => {
    const known = uses.get(id);
    if (known) known.push(use);
    else uses.set(id, [use]);
  };
  for (const { operation } of methods) {
    const method = { symbol: input.className, member: operation.method };
    add(operation.shape.input, { as: 'input', ...method });
    add(operation.shape.output, { as: 'output', ...method });
    for (const error of errorsOf(input.service, operation.shape)) add(error, { as: 'error', ...method });
  }
  for (const shape of input.closure) {
    if (shape.type !== 'structure' && shape.type !== 'union') continue;
    for (const member of shape.members.values()) {
      const use: Use = { as: 'property', symbol: input.typeOf(shape.id), member: member.name };
      for (const id of new Set(symbolsIn(input, member))) add(id, use);
    }
  }
  return uses;
}

/** The shapes that a member's type names: its target, or what is in the list or map that it is. */
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
