import {
  boundsTrait,
  closureOf,
  type DataShape,
  enumValues,
  hasTrait,
  type Member,
  type Model,
  type OperationShape,
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
  /** Whether clients send the shape, or only get it in answers. */
  readonly where: 'request' | 'answer';
}

/** Traits that say how a value travels: where one differs, so does the message. */
const bindingTraits = [
  'smithy.api#http',
  'smithy.api#httpHeader',
  'smithy.api#httpLabel',
  'smithy.api#httpPayload',
  'smithy.api#httpPrefixHeaders',
  'smithy.api#httpQuery',
  'smithy.api#httpQueryParams',
  'smithy.api#jsonName',
  'smithy.api#mediaType',
  'smithy.api#streaming',
  'smithy.api#timestampFormat',
  'smithy.api#xmlAttribute',
  'smithy.api#xmlFlattened',
  'smithy.api#xmlName',
];

/**
 * Lists where `ours` takes less than `theirs`, or something else. Only what both models describe is compared: operations
 * and the shapes of their inputs and outputs, by shape id. Errors are left out: a client sends none.
 */
export function stricterThan(ours: Model, theirs: Model): readonly Difference[] {
  const operations = ours.services.flatMap((service) => operationsOf(ours, service));
  const requestShapes = new Set(shapesOf(ours, operations, 'input'));
  const answerShapes = shapesOf(ours, operations, 'output').filter((id) => !requestShapes.has(id));
  return [
    ...operations.flatMap(({ id }) => compareOperation(ours.getOperation(id), theirs.getOperation(id))),
    ...[...requestShapes].flatMap((id) => compareShapes(ours, theirs, id, 'request')),
    ...answerShapes.flatMap((id) => compareShapes(ours, theirs, id, 'answer')),
  ];
}

function shapesOf(model: Model, operations: readonly OperationShape[], side: 'input' | 'output'): string[] {
  const [service] = model.services;
  if (service === undefined) return [];
  const narrowed = operations.map((operation) => ({
    ...operation,
    input: operation[side],
    output: operation[side],
    errors: [],
  }));
  return closureOf(model, { ...service, errors: [] }, narrowed).map(({ id }) => id);
}

function compareOperation(ours: OperationShape, theirs: OperationShape): Difference[] {
  const found: string[] = [];
  if (ours.input !== theirs.input) found.push(`input: ${ours.input}`);
  if (ours.output !== theirs.output) found.push(`output: ${ours.output}`);
  if (isAnonymous(theirs) && !isAnonymous(ours)) found.push('auth: not anonymous');
  return [...found, ...bindings(ours, theirs)].map((constraint) => ({
    id: ours.id,
    constraint,
    where: 'request',
  }));
}

function isAnonymous({ traits }: OperationShape): boolean {
  return 'smithy.api#optionalAuth' in traits || JSON.stringify(traits['smithy.api#auth']) === '[]';
}

function compareShapes(ours: Model, theirs: Model, id: string, where: Difference['where']): Difference[] {
  if (theirs.findShape(id) === undefined) return [{ id, constraint: 'shape: not in the other model', where }];
  const [own, other] = [ours.getDataShape(id), theirs.getDataShape(id)];
  const found: Difference[] = constraintsOn(own, other).map((constraint) => ({ id, constraint, where }));
  if (own.type !== other.type) return [...found, { id, constraint: `type: ${own.type}`, where }];
  const [members, otherMembers] = [membersOf(own), membersOf(other)];
  for (const [name, member] of members) {
    const counterpart = otherMembers.get(name);
    const constraints =
      counterpart === undefined ? unknownMember(member) : constraintsOn(member, counterpart);
    if (counterpart !== undefined && member.target !== counterpart.target)
      constraints.push(`target: ${member.target}`);
    found.push(...constraints.map((constraint) => ({ id: member.id, constraint, where })));
  }
  for (const [name, member] of otherMembers) {
    if (!members.has(name)) found.push({ id: member.id, constraint: 'member: left out', where });
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
  const found = [...bounds('length', own, other), ...bounds('range', own, other), ...bindings(own, other)];
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

function bindings(own: Traited, other: Traited): string[] {
  const traitValue = ({ traits }: Traited, trait: string) => JSON.stringify(traits[trait]) ?? 'not';
  return bindingTraits
    .filter((trait) => traitValue(own, trait) !== traitValue(other, trait))
    .map((trait) => `${trait.replace('smithy.api#', '')}: ${traitValue(own, trait)}`);
}
