import {
  type DataShape,
  enumValues,
  hasTrait,
  type ListShape,
  type MapShape,
  type Member,
  type Model,
  nameIn,
  type ServiceShape,
  type ShapeId,
  type StructureShape,
  stringTrait,
} from '@latchkey/smithy';
import type { MemberSchema, Schema, StructureSchema, Traits } from '@latchkey/wire';
import { schemaTraits } from '../schema-traits.ts';
import type { Mark, MarkedValue } from './marks.ts';
import { Marks } from './marks.ts';

/** Members that are shown of one message. */
const MAX_MEMBERS = 250;
/** No model of AWS goes deeper without coming back to a structure that it is in. */
const MAX_DEPTH = 24;

/**
 * A message in which every member is, as a protocol takes it: a schema and a value. Each value is text with a mark, and so is
 * the schema that it has in place of the model's: names, places and nesting are what protocols make of the model's traits.
 */
export interface Specimen {
  readonly marks: Marks;
  readonly schema: StructureSchema;
  readonly value: Readonly<Record<string, unknown>>;
  readonly events: readonly EventSpecimen[];
  /** Number of members that are left out. */
  readonly unlisted: number;
}

export interface EventSpecimen {
  readonly name: string;
  /** The union of the events. */
  readonly union: StructureSchema;
  readonly value: unknown;
}

export interface SpecimenContext {
  readonly model: Model;
  readonly service: ServiceShape;
  /** Whether members may be outside the body (`smithy.api#httpHeader` etc.). */
  readonly isRest: boolean;
  /** Members that are shown. Default: 250. */
  readonly maxMembers?: number;
}

/**
 * Makes the message of an input, output or error, as deep as it may be without having too many members.
 *
 * @param id shape id of the structure
 */
export function specimenOf(id: ShapeId, context: SpecimenContext): Specimen {
  let best = new Builder(context, 1);
  let specimen = best.message(id);
  for (let depth = 2; best.isShallow && depth <= MAX_DEPTH; depth += 1) {
    const deeper = new Builder(context, depth);
    const next = deeper.message(id);
    if (deeper.isFull) break;
    best = deeper;
    specimen = next;
  }
  return specimen;
}

/** Traits of which names and places follow. All others are about values. */
const kept = new Set<keyof Traits>([
  'jsonName',
  'xmlName',
  'xmlAttribute',
  'xmlFlattened',
  'xmlNamespace',
  'httpLabel',
  'httpQuery',
  'httpQueryParams',
  'httpHeader',
  'httpPrefixHeaders',
  'httpPayload',
  'eventHeader',
  'eventPayload',
  'ec2QueryName',
]);
/** Those that have the name of a member. */
const naming = ['jsonName', 'xmlName', 'ec2QueryName'] as const;

interface Part {
  readonly schema: Schema;
  readonly value: unknown;
}

class Builder {
  readonly #context: SpecimenContext;
  readonly #maxDepth: number;
  readonly #marks = new Marks();
  /** Whether a structure is not shown because it is too deep. */
  isShallow = false;
  #members = 0;
  #unlisted = 0;

  constructor(context: SpecimenContext, maxDepth: number) {
    this.#context = context;
    this.#maxDepth = maxDepth;
  }

  get isFull(): boolean {
    return this.#members >= (this.#context.maxMembers ?? MAX_MEMBERS);
  }

  message(id: ShapeId): Specimen {
    const { model } = this.#context;
    const shape = model.getDataShape(id) as StructureShape;
    const members = [...shape.members.values()];
    const events = members.find((member) => isEvents(model, member));
    const shown = members.filter(
      (member) =>
        member !== events && !(this.#context.isRest && hasTrait(member, 'smithy.api#httpResponseCode')),
    );
    const { schema, value } = this.#structure(shape, shown, [id], { isMessage: true });
    return {
      marks: this.#marks,
      schema: schema as StructureSchema,
      value: value as Specimen['value'],
      events: events === undefined ? [] : this.#events(events.target, [id]),
      unlisted: this.#unlisted,
    };
  }

  #events(id: ShapeId, within: readonly ShapeId[]): readonly EventSpecimen[] {
    const union = this.#context.model.getDataShape(id) as StructureShape;
    return [...union.members.values()].map((member) => {
      const shape = this.#context.model.getDataShape(member.target) as StructureShape;
      const path = [...within, id, member.target];
      const part = this.#structure(shape, [...shape.members.values()], path, { isEvent: true });
      const target = hasTrait(shape, 'smithy.api#error')
        ? { ...(part.schema as StructureSchema), fault: 'client', status: 400 }
        : part.schema;
      return {
        name: member.name,
        union: { type: 'union', name: 'Events', members: { [member.name]: { target } } },
        value: part.value,
      };
    });
  }

  #structure(
    shape: StructureShape,
    members: readonly Member[],
    path: readonly ShapeId[],
    { isEvent = false, isMessage = false } = {},
  ): Part {
    const schemas: Record<string, MemberSchema> = {};
    const values: Record<string, unknown> = {};
    let isFirst = true;
    for (const member of members) {
      // Labels of the path are always there: without them there is no request.
      if (this.isFull && !hasTrait(member, 'smithy.api#httpLabel')) {
        this.#unlisted += 1;
        continue;
      }
      this.#members += 1;
      const choice = shape.type === 'union' ? (isFirst ? 'either' : 'or') : undefined;
      isFirst = false;
      const mark: Mark = {
        shapeId: member.id,
        required: hasTrait(member, 'smithy.api#required'),
        ...(choice && { choice }),
      };
      this.#member(member, mark, path, {
        schemas,
        values,
        isBound: isMessage && this.#context.isRest,
        isEvent,
      });
    }
    // All members of a union are shown, though only one is sent.
    return {
      schema: {
        type: 'structure',
        name: nameIn(this.#context.service, shape.id),
        members: schemas,
        ...traitsOf(shape),
      },
      value: values,
    };
  }

  #member(
    member: Member,
    mark: Mark,
    path: readonly ShapeId[],
    place: {
      readonly schemas: Record<string, MemberSchema>;
      readonly values: Record<string, unknown>;
      readonly isBound: boolean;
      readonly isEvent: boolean;
    },
  ): void {
    const target = this.#context.model.getDataShape(member.target);
    const { traits } = traitsOf(member);
    const isPayload =
      (place.isBound && hasTrait(member, 'smithy.api#httpPayload')) ||
      (place.isEvent && hasTrait(member, 'smithy.api#eventPayload'));
    if (isPayload && (target.type === 'blob' || isText(target))) {
      const mediaType =
        stringTrait(member, 'smithy.api#mediaType') ?? stringTrait(target, 'smithy.api#mediaType');
      const character = this.#marks.add({ ...mark, value: markedValueOf(member, target) });
      place.schemas[member.name] = {
        target: { type: target.type === 'blob' ? 'blob' : 'string' },
        traits: { ...traits, ...(mediaType !== undefined && { mediaType }) },
      };
      place.values[member.name] = target.type === 'blob' ? new TextEncoder().encode(character) : character;
      return;
    }
    const keyed = place.isBound && hasTrait(member, 'smithy.api#httpPrefixHeaders') ? '*' : undefined;
    if (!isComposite(target) || this.#isElsewhere(target, path)) {
      const part = this.#part(member, mark, path, keyed);
      place.schemas[member.name] = { target: part.schema, ...(traits && { traits }) };
      place.values[member.name] = part.value;
      return;
    }
    const repeats = traits?.xmlFlattened === true;
    const character = this.#marks.add({ ...mark, ...(repeats && { repeats }) });
    const name = `${member.name}${character}`;
    const part = this.#part(member, mark, path, keyed);
    const marked = naming.flatMap((trait) => {
      const given = traits?.[trait];
      return given === undefined ? [] : [[trait, `${given}${character}`]];
    });
    place.schemas[name] = { target: part.schema, traits: { ...traits, ...Object.fromEntries(marked) } };
    place.values[name] = part.value;
  }

  /** @param keyed the key of the entry, where the target is a map whose keys are parts of names of headers */
  #part(member: Member, mark: Mark, path: readonly ShapeId[], keyed?: string): Part {
    const shape = this.#context.model.getDataShape(member.target);
    if (!isComposite(shape)) return this.#leaf({ ...mark, value: markedValueOf(member, shape) });
    if (this.#isElsewhere(shape, path)) return this.#leaf({ ...mark, value: this.#elsewhere(shape) });
    const inner = [...path, shape.id];
    const item: Mark = { ...(mark.shapeId !== undefined && { shapeId: mark.shapeId }), isItem: true };
    const ofItem = mark.isItem ? item : { ...item, ...(mark.required && { required: true }) };
    switch (shape.type) {
      case 'list': {
        const { schema, value } = this.#part(shape.member, ofItem, inner);
        const repeated = this.#marks.add({ isItem: true, repeats: true });
        const traits = traitsOf(shape.member).traits;
        const xmlName = `${traits?.xmlName ?? 'member'}${repeated}`;
        return {
          schema: {
            type: 'list',
            member: { target: schema, traits: { ...traits, xmlName } },
            ...traitsOf(shape),
          },
          value: [value],
        };
      }
      case 'map': {
        const key = this.#marks.add({
          isKey: true,
          value: markedValueOf(shape.key, this.#context.model.getDataShape(shape.key.target)),
        });
        const { schema, value } = this.#part(shape.value, ofItem, inner);
        return {
          schema: {
            type: 'map',
            key: { target: { type: 'string' }, ...traitsOf(shape.key) },
            value: { target: schema, ...traitsOf(shape.value) },
            ...traitsOf(shape),
          },
          value: { [keyed ?? key]: value },
        };
      }
      default:
        return this.#structure(shape, [...shape.members.values()], inner);
    }
  }

  #leaf(mark: Mark): Part {
    return { schema: { type: 'string' }, value: this.#marks.add(mark) };
  }

  /** Whether a structure is on a page of its own alone: it is one that is around it, too deep, or too much. */
  #isElsewhere(shape: DataShape, path: readonly ShapeId[]): boolean {
    const times = path.filter((id) => id === shape.id).length;
    // A list or a map has no page: what it has is shown elsewhere, unless that is itself again.
    if (shape.type !== 'structure' && shape.type !== 'union') return times > 1;
    if (times > 0) return true;
    const { model } = this.#context;
    const around = path.filter((id) => /^(?:structure|union)$/.test(model.getDataShape(id).type)).length;
    if (around < this.#maxDepth && !this.isFull) return false;
    this.isShallow ||= !this.isFull;
    return true;
  }

  #elsewhere(shape: DataShape): MarkedValue {
    return { type: 'elsewhere', name: nameIn(this.#context.service, shape.id), target: shape.id };
  }
}

function markedValueOf(member: Member, target: DataShape): MarkedValue {
  const { timestampFormat, mediaType } = { ...schemaTraits(target).traits, ...schemaTraits(member).traits };
  const isEnum = target.type === 'enum' || target.type === 'intEnum';
  return {
    type: target.type,
    ...(timestampFormat && { timestampFormat }),
    ...(mediaType !== undefined && { hasMediaType: true }),
    ...(isEnum && { values: enumValues(target), target: target.id }),
  };
}

function traitsOf(bearer: Parameters<typeof schemaTraits>[0]): { readonly traits?: Traits } {
  const entries = Object.entries(schemaTraits(bearer).traits ?? {}).filter(([name]) =>
    kept.has(name as keyof Traits),
  );
  return entries.length === 0 ? {} : { traits: Object.fromEntries(entries) };
}

function isComposite(shape: DataShape): shape is ListShape | MapShape | StructureShape {
  return ['list', 'map', 'structure', 'union'].includes(shape.type);
}

function isText({ type }: DataShape): boolean {
  return type === 'string' || type === 'enum';
}

function isEvents(model: Model, { target }: Member): boolean {
  const shape = model.getDataShape(target);
  return shape.type === 'union' && hasTrait(shape, 'smithy.api#streaming');
}
