import type { JsonObject } from './json.ts';
import type { ShapeId } from './shape-id.ts';

/** Trait values by absolute trait id, e.g. `smithy.api#required`. */
export type TraitMap = JsonObject;

export const simpleTypes = [
  'blob',
  'boolean',
  'string',
  'byte',
  'short',
  'integer',
  'long',
  'float',
  'double',
  'bigInteger',
  'bigDecimal',
  'timestamp',
  'document',
] as const;

export type SimpleType = (typeof simpleTypes)[number];

interface ShapeBase {
  readonly id: ShapeId;
  readonly traits: TraitMap;
}

export interface Member {
  /** `namespace#Container$name` */
  readonly id: ShapeId;
  readonly name: string;
  readonly target: ShapeId;
  /** Traits of the member itself; those of its target are the target's. */
  readonly traits: TraitMap;
}

export interface SimpleShape extends ShapeBase {
  readonly type: SimpleType;
}

/** Each member targets `smithy.api#Unit`; its value is in the trait `smithy.api#enumValue`, by default its name. */
export interface EnumShape extends ShapeBase {
  readonly type: 'enum' | 'intEnum';
  readonly members: ReadonlyMap<string, Member>;
}

/** A list; a `set` of Smithy 1.0 is read as a list with `smithy.api#uniqueItems`. */
export interface ListShape extends ShapeBase {
  readonly type: 'list';
  readonly member: Member;
}

export interface MapShape extends ShapeBase {
  readonly type: 'map';
  readonly key: Member;
  readonly value: Member;
}

export interface StructureShape extends ShapeBase {
  readonly type: 'structure' | 'union';
  /** In the order of the model; members of mixins first. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface OperationShape extends ShapeBase {
  readonly type: 'operation';
  /** `smithy.api#Unit` when the model names none. */
  readonly input: ShapeId;
  readonly output: ShapeId;
  /** Its own errors, without those of the service. */
  readonly errors: readonly ShapeId[];
}

export interface ResourceShape extends ShapeBase {
  readonly type: 'resource';
  readonly identifiers: ReadonlyMap<string, ShapeId>;
  readonly properties: ReadonlyMap<string, ShapeId>;
  /** Lifecycle operations first (`put`, `create`, `read`, ...), then the others; without those of `resources`. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
}

export interface ServiceShape extends ShapeBase {
  readonly type: 'service';
  readonly version: string;
  /** Directly bound operations, without those of `resources`. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
  /** Errors that any operation may answer with. */
  readonly errors: readonly ShapeId[];
  /** Names that shapes go by within this service. */
  readonly rename: ReadonlyMap<ShapeId, string>;
}

/** A shape that a member may target: one that stands for data. */
export type DataShape = SimpleShape | EnumShape | ListShape | MapShape | StructureShape;

export type Shape = DataShape | OperationShape | ResourceShape | ServiceShape;
