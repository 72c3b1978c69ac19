import {
  boundsTrait,
  type DataShape,
  enumValues,
  hasTrait,
  type Member,
  type ShapeId,
  type StructureShape,
} from '@latchkey/smithy';
import type { ClientInput } from '../client-module/client-input.ts';
import type { Step } from './routes.ts';

/** From this depth on, lists and maps are empty, and unions have the first of their members that leads no deeper. */
const MAX_DEPTH = 6;
/** A sample that is deeper has no end: a model asks for a structure in itself. */
const END = 24;
/** Members of a structure that has no required one. */
const MAX_OPTIONAL = 2;

/** A value that stands at the end of a way through the sample, in place of a sample of its shape. */
interface Inserted {
  readonly steps: readonly Step[];
  readonly value: unknown;
}

/**
 * Makes the smallest input that the client's types take: the required members, with values that say which member they are.
 *
 * @param inserted - a value to have in it, though no member on the way to it is required
 * @returns JSON as an example of the model has it (`smithy.api#examples`)
 */
export function sampleInput(
  input: ClientInput,
  id: ShapeId,
  inserted?: Inserted,
): Readonly<Record<string, unknown>> {
  return sampleStructure(input, input.model.getDataShape(id) as StructureShape, { depth: 0, inserted });
}

/** Makes a value of a shape, which has a member or two even where none is required. */
export function sampleOf(input: ClientInput, shape: DataShape): unknown {
  if (shape.type !== 'structure') {
    const member: Member = { id: shape.id, name: 'value', target: shape.id, traits: {} };
    return sampleValue(input, shape, member, { depth: 0 });
  }
  const required = sampleStructure(input, shape, { depth: 0 });
  if (Object.keys(required).length > 0) return required;
  const shown = [...shape.members.values()]
    .filter((member) => !hasTrait(member, 'smithy.api#deprecated'))
    .slice(0, MAX_OPTIONAL);
  return Object.fromEntries(shown.map((member) => [member.name, sampleMember(input, member, { depth: 0 })]));
}

interface Place {
  readonly depth: number;
  readonly inserted?: Inserted | undefined;
}

function sampleStructure(
  input: ClientInput,
  shape: StructureShape,
  { depth, inserted }: Place,
): Readonly<Record<string, unknown>> {
  const [step] = inserted?.steps ?? [];
  const wanted = step?.kind === 'member' ? step.member.name : undefined;
  const shown = [...shape.members.values()].filter(
    (member) =>
      member.name === wanted || input.isRequired(shape.id, member) || isStreamOfBytes(input, member),
  );
  return Object.fromEntries(
    shown.map((member) => [
      member.name,
      sampleMember(input, member, { depth, inserted: member.name === wanted ? inserted : undefined }),
    ]),
  );
}

/** A body that streams is what the call is for, though no model says that it is required. */
function isStreamOfBytes({ model }: ClientInput, { target }: Member): boolean {
  const shape = model.getDataShape(target);
  return shape.type === 'blob' && hasTrait(shape, 'smithy.api#streaming');
}

function sampleMember(input: ClientInput, member: Member, { depth, inserted }: Place): unknown {
  const rest = inserted && { ...inserted, steps: inserted.steps.slice(1) };
  return sampleValue(input, input.model.getDataShape(member.target), member, { depth, inserted: rest });
}

function sampleValue(input: ClientInput, shape: DataShape, member: Member, place: Place): unknown {
  const { depth, inserted } = place;
  if (inserted?.steps.length === 0) return inserted.value;
  const isDeep = depth >= MAX_DEPTH && inserted === undefined;
  switch (shape.type) {
    case 'structure':
      return depth >= END ? {} : sampleStructure(input, shape, { depth: depth + 1, inserted });
    case 'union': {
      const [step] = inserted?.steps ?? [];
      const chosen = step?.kind === 'member' ? step.member : chooseAlternative(input, shape, isDeep);
      if (chosen === undefined || depth >= END) return {};
      return { [chosen.name]: sampleMember(input, chosen, { depth: depth + 1, inserted }) };
    }
    case 'list':
      return isDeep ? [] : [sampleElement(input, shape.member, member, place)];
    case 'map': {
      if (isDeep) return {};
      const key = String(sampleElement(input, shape.key, member, { depth }));
      return { [key]: sampleElement(input, shape.value, member, place) };
    }
    case 'enum':
    case 'intEnum':
      return enumValues(shape)[0] ?? '';
    case 'boolean':
      return true;
    case 'timestamp':
      return '2030-01-31T12:00:00Z';
    case 'document':
      return {};
    case 'blob':
      return 'text';
    case 'string':
      return sampleText(shape, member);
    default:
      return sampleNumber(shape, member);
  }
}

function chooseAlternative(
  { model }: ClientInput,
  { members }: StructureShape,
  isDeep: boolean,
): Member | undefined {
  const all = [...members.values()];
  const leadsDeeper = ({ target }: Member) => /^(?:structure|union)$/.test(model.getDataShape(target).type);
  return (isDeep ? all.find((member) => !leadsDeeper(member)) : undefined) ?? all[0];
}

/** An item of a list, or a key or value of a map: it is named as the member that has the whole. */
function sampleElement(
  input: ClientInput,
  element: Member,
  whole: Member,
  { depth, inserted }: Place,
): unknown {
  return sampleMember(input, { ...element, name: whole.name }, { depth: depth + 1, inserted });
}

/** E.g. `my-bucket` for the member `Bucket`, cut or filled to the length that the model asks for. */
function sampleText(shape: DataShape, member: Member): string {
  const bounds = boundsTrait(hasTrait(member, 'smithy.api#length') ? member : shape, 'smithy.api#length');
  const words = member.name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|_/g, '-').toLowerCase();
  const text = `my-${words}`.slice(0, bounds?.max);
  return text.padEnd(bounds?.min ?? 0, 'x');
}

function sampleNumber(shape: DataShape, member: Member): number {
  const bounds = boundsTrait(hasTrait(member, 'smithy.api#range') ? member : shape, 'smithy.api#range');
  return bounds?.min ?? Math.min(1, bounds?.max ?? 1);
}
