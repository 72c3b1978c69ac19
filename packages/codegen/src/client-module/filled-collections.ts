import {
  type DataShape,
  hasTrait,
  type Member,
  type Model,
  type ServiceShape,
  type ShapeId,
} from '@latchkey/smithy';
import type { Travels } from './travels.ts';

/** Traits of services whose answers are XML, or were XML for the clients that programs were written with. */
const traits = [
  'aws.protocols#restXml',
  'aws.protocols#awsQuery',
  'aws.protocols#ec2Query',
  'aws.protocols#awsQueryCompatible',
];

/** The list and map members that a client fills in where they are absent, by structure. */
export type FilledCollections = ReadonlyMap<ShapeId, ReadonlySet<string>>;

/**
 * Finds the lists and maps that are always there. XML cannot tell an empty list from none, so in answers of XML protocols
 * both are an empty one; an answer in JSON of a service that answers in XML, too, is no different. Structures that are also
 * sent are left as they are: an empty list that nobody has set would be sent back.
 */
export function filledCollections(
  model: Model,
  service: ServiceShape,
  closure: readonly DataShape[],
  { received, sent }: Travels,
): FilledCollections {
  if (!traits.some((trait) => hasTrait(service, trait))) return new Map();
  const isCollection = ({ target }: Member) => ['list', 'map'].includes(model.getDataShape(target).type);
  return new Map(
    closure.flatMap((shape) => {
      if (shape.type !== 'structure' || !received.has(shape.id) || sent.has(shape.id)) return [];
      if (hasTrait(shape, 'smithy.api#error')) return [];
      const names = [...shape.members.values()].filter(isCollection).map(({ name }) => name);
      return names.length === 0 ? [] : [[shape.id, new Set(names)] as const];
    }),
  );
}

export function isFilled(
  filled: FilledCollections,
  structure: ShapeId,
  { name }: Pick<Member, 'name'>,
): boolean {
  return filled.get(structure)?.has(name) === true;
}
