import {
  boundsTrait,
  closureOf,
  type DataShape,
  enumValues,
  hasTrait,
  type Member,
  type Model,
  operationsOf,
  stringTrait,
  type Traited,
} from '@latchkey/smithy';

/** Something that a model allows less of than another model of the same service. */
export interface Difference {
  /** Shape id, or member id (`com.example#Shape$member`). */
  readonly id: string;
  /** The trait, then what it says, e.g. `length: at most 4096`. */
  readonly constraint: string;
}

/**
 * Lists where `ours` allows less than `theirs`, or something else: by shape id, as far as both models have the shapes of
 * the operations of `ours`. Errors are left out, as a client sends none; so are names and places in messages, which
 * `wireFacts` of codegen's tests compares.
 */
export function stricterThan(ours: Model, theirs: Model): readonly Difference[] {
  return ours.services.flatMap((service) => {
    const operations = operationsOf(ours, service).map((operation) => ({ ...operation, errors: [] }));
    const shapes = closureOf(ours, { ...service, errors: [] }, operations);
    return shapes.flatMap((shape) => compareShapes(shape, theirs));
  });
}

function compareShapes(own: DataShape, theirs: Model): Difference[] {
  const { id } = own;
  if (theirs.findShape(id) === undefined) return [{ id, constraint: 'shape: not in the other model' }];
  const other = theirs.getDataShape(id);
  const found = constraintsOn(own, other).map((constraint) => ({ id, constraint }));
  if (own.type !== other.type) return [...found, { id, constraint: `type: ${own.type}` }];
  const otherMembers = membersOf(other);
  for (const [name, member] of membersOf(own)) {
    const counterpart = otherMembers.get(name);
    const constraints =
      counterpart === undefined ? unknownMember(member) : constraintsOn(member, counterpart);
    if (counterpart !== undefined && member.target !== counterpart.target)
      constraints.push(`target: ${member.target}`);
    found.push(...constraints.map((constraint) => ({ id: member.id, constraint })));
  }
  return found;
}

/** A member that only our model has is no matter unless it must be there. */
function unknownMember(member: Member): string[] {
  return hasTrait(member, 'smithy.api#required') ? ['required'] : [];
}

function membersOf(shape: DataShape): ReadonlyMap<string, Member> {
  switch (shape.type) {
    case 'structure':
    case 'union':
      return shape.members;
    case 'list':
      return new Map([['member', shape.member]]);
    case 'map':
      return new Map([
        ['key', shape.key],
        ['value', shape.value],
      ]);
    default:
      return new Map();
  }
}

function constraintsOn(own: Traited, other: Traited): string[] {
  const found = [...bounds('length', own, other), ...bounds('range', own, other)];
  for (const trait of ['required', 'uniqueItems']) {
    if (hasTrait(own, `smithy.api#${trait}`) && !hasTrait(other, `smithy.api#${trait}`)) found.push(trait);
  }
  if (hasTrait(other, 'smithy.api#sparse') && !hasTrait(own, 'smithy.api#sparse')) found.push('sparse: not');
  const pattern = stringTrait(own, 'smithy.api#pattern');
  if (pattern !== undefined && pattern !== stringTrait(other, 'smithy.api#pattern'))
    found.push(`pattern: ${pattern}`);
  return [...found, ...missingValues(own, other)];
}

function missingValues(own: Traited, other: Traited): string[] {
  if (!isEnum(own)) return [];
  const values = new Set(enumValues(own));
  if (!isEnum(other)) return [`enum: ${[...values].join(', ')}`];
  const missing = enumValues(other).filter((value) => !values.has(value));
  return missing.length === 0 ? [] : [`enum: not ${missing.join(', ')}`];
}

function isEnum(bearer: Traited): bearer is Extract<DataShape, { type: 'enum' | 'intEnum' }> {
  return 'type' in bearer && (bearer.type === 'enum' || bearer.type === 'intEnum');
}

function bounds(kind: 'length' | 'range', own: Traited, other: Traited): string[] {
  const { min, max } = boundsTrait(own, `smithy.api#${kind}`) ?? {};
  const allowed = boundsTrait(other, `smithy.api#${kind}`) ?? {};
  const found: string[] = [];
  if (min !== undefined && min > (allowed.min ?? (kind === 'length' ? 0 : Number.NEGATIVE_INFINITY)))
    found.push(`${kind}: at least ${min}`);
  if (max !== undefined && max < (allowed.max ?? Number.POSITIVE_INFINITY))
    found.push(`${kind}: at most ${max}`);
  return found;
}
