import {
  hasTrait,
  type Member,
  type Model,
  recommendedTrait,
  type ShapeId,
  type StructureShape,
} from '@latchkey/smithy';
import type { ProtocolName } from '@latchkey/wire';
import { constraintsOf } from './constraints.ts';
import { describe } from './describe.ts';
import type { PrintedSymbols } from './printed-symbols.ts';
import type { CodeToken, PropertyReference } from './reference.ts';
import { travelInBody, travelOf } from './travel.ts';

/** What the properties of a structure share. */
interface PropertyContext {
  readonly model: Model;
  readonly protocol: ProtocolName;
  readonly printed: PrintedSymbols;
  readonly symbol: string;
  /** Whether the structure is an input, output or error, and not nested in one. */
  readonly isMessage: boolean;
}

export function propertiesOf(shape: StructureShape, context: PropertyContext): readonly PropertyReference[] {
  return [...shape.members.values()]
    .filter(
      (member) => shape.type !== 'union' || context.printed.memberOf(`${context.symbol}.${member.name}`),
    )
    .map((member) => propertyOf(member, context));
}

/** Error members of an event stream. They end the stream, and are thrown. */
export function thrownErrors(model: Model, shape: StructureShape): readonly ShapeId[] {
  if (!hasTrait(shape, 'smithy.api#streaming')) return [];
  return [...shape.members.values()]
    .map(({ target }) => target)
    .filter((target) => hasTrait(model.getDataShape(target), 'smithy.api#error'));
}

function propertyOf(member: Member, context: PropertyContext): PropertyReference {
  const { isMessage, model, printed, protocol, symbol } = context;
  const target = model.getDataShape(member.target);
  const recommended = recommendedTrait(member);
  const value = member.traits['smithy.api#default'];
  return {
    ...describe(member, target),
    name: member.name,
    line: printed.lineOf(`${symbol}.${member.name}`),
    type: typeOf(printed, `${symbol}.${member.name}`),
    required: isRequired(printed.memberOf(`${symbol}.${member.name}`)),
    ...(recommended && { recommended }),
    ...(value !== undefined && value !== null && { default: value }),
    constraints: constraintsOf(model, member),
    travels: isMessage ? travelOf(member, protocol) : travelInBody(member, protocol),
    hostLabel: hasTrait(member, 'smithy.api#hostLabel'),
    idempotencyToken: hasTrait(member, 'smithy.api#idempotencyToken'),
  };
}

/** Whether a property is required by the types: not an idempotency token, which clients make, but always an error's message. */
function isRequired(declared = ''): boolean {
  return !/^\s*(?:readonly )?[^:]*\?:/.test(declared);
}

/** Type of a property. An error's inherited `message` is a string. */
function typeOf(printed: PrintedSymbols, symbol: string): readonly CodeToken[] {
  const declared = printed.memberOf(symbol);
  if (declared === undefined) return [{ text: 'string' }];
  const [, type = declared] = /^.*?: (.*?)(?: \| null)?;\s*$/s.exec(declared) ?? [];
  return printed.tokens(type);
}
