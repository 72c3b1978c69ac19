import { hasTrait, type Member, type Model, recommendedTrait, type StructureShape } from '@latchkey/smithy';
import { constraintsOf } from './constraints.ts';
import { describe } from './describe.ts';
import type { PrintedSymbols } from './printed-symbols.ts';
import type { CodeToken, PropertyReference } from './reference.ts';
import { travelOf } from './travel.ts';

export function propertiesOf(
  model: Model,
  printed: PrintedSymbols,
  shape: StructureShape,
  symbol: string,
): readonly PropertyReference[] {
  return [...shape.members.values()].map((member) => propertyOf(model, printed, member, symbol));
}

function propertyOf(
  model: Model,
  printed: PrintedSymbols,
  member: Member,
  symbol: string,
): PropertyReference {
  const target = model.getDataShape(member.target);
  const recommended = recommendedTrait(member);
  const value = member.traits['smithy.api#default'];
  return {
    ...describe(member, target),
    name: member.name,
    line: printed.lineOf(`${symbol}.${member.name}`),
    type: typeOf(printed, `${symbol}.${member.name}`),
    required: hasTrait(member, 'smithy.api#required'),
    ...(recommended && { recommended }),
    ...(value !== undefined && value !== null && { default: value }),
    constraints: constraintsOf(model, member),
    travels: travelOf(member),
    idempotencyToken: hasTrait(member, 'smithy.api#idempotencyToken'),
  };
}

/** What an error inherits, its message, is text. */
function typeOf(printed: PrintedSymbols, symbol: string): readonly CodeToken[] {
  const declared = printed.memberOf(symbol);
  if (declared === undefined) return [{ text: 'string' }];
  const [, type = declared] = /^.*?: (.*?)(?: \| null)?;\s*$/s.exec(declared) ?? [];
  return printed.tokens(type);
}
