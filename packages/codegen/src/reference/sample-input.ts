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

/** Structures in structures that a sample has; a deeper one is empty. */
const MAX_DEPTH = 6;

/**
 * Makes the smallest input that the client's types take: the required members, with values that say which member they are.
 *
 * @returns JSON as an example of the model has it (`smithy.api#examples`)
 */
export function sampleInput(input: ClientInput, id: ShapeId): Readonly<Record<string, unknown>> {
  return sampleStructure(input, input.model.getDataShape(id) as StructureShape, 0);
}

function sampleStructure(
  input: ClientInput,
  shape: StructureShape,
  depth: number,
): Readonly<Record<string, unknown>> {
  const required = [...shape.members.values()].filter((member) => input.isRequired(shape.id, member));
  return Object.fromEntries(required.map((member) => [member.name, sampleMember(input, member, depth)]));
}

function sampleMember(input: ClientInput, member: Member, depth: number): unknown {
  return sampleValue(input, input.model.getDataShape(member.target), member, depth);
}

function sampleValue(input: ClientInput, shape: DataShape, member: Member, depth: number): unknown {
  switch (shape.type) {
    case 'structure':
      return depth < MAX_DEPTH ? sampleStructure(input, shape, depth + 1) : {};
    case 'union': {
      const [first] = shape.members.values();
      if (first === undefined || depth >= MAX_DEPTH) return {};
      return { [first.name]: sampleMember(input, first, depth + 1) };
    }
    case 'list':
      return depth < MAX_DEPTH ? [sampleElement(input, shape.member, member, depth)] : [];
    case 'map': {
      if (depth >= MAX_DEPTH) return {};
      const key = String(sampleElement(input, shape.key, member, depth));
      return { [key]: sampleElement(input, shape.value, member, depth) };
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

/** An item of a list, or a key or value of a map: it is named as the member that has the whole. */
function sampleElement(input: ClientInput, element: Member, whole: Member, depth: number): unknown {
  const shape = input.model.getDataShape(element.target);
  return sampleValue(input, shape, { ...element, name: whole.name }, depth + 1);
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
