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
  /** Traits of the member itself, without those of its target. */
  readonly traits: TraitMap;
}

export interface SimpleShape extends ShapeBase {
  readonly type: SimpleType;
}

/** An enum. Each member targets `smithy.api#Unit`; its value is in `smithy.api#enumValue`, else it is the member's name. */
export interface EnumShape extends ShapeBase {
  readonly type: 'enum' | 'intEnum';
  readonly members: ReadonlyMap<string, Member>;
}

/** A list. A `set` of Smithy 1.0 is read as a list with `smithy.api#uniqueItems`. */
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
  /** Members in the order of the model, those of mixins first. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface OperationShape extends ShapeBase {
  readonly type: 'operation';
  /** Input structure; `smithy.api#Unit` when the model names none. */
  readonly input: ShapeId;
  readonly output: ShapeId;
  /** Errors of the operation itself, without those of the service. */
  readonly errors: readonly ShapeId[];
}

export interface ResourceShape extends ShapeBase {
  readonly type: 'resource';
  readonly identifiers: ReadonlyMap<string, ShapeId>;
  readonly properties: ReadonlyMap<string, ShapeId>;
  /** Operations of the resource itself: lifecycle operations first (`put`, `create`, `read`, ...), then the others. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
}

export interface ServiceShape extends ShapeBase {
  readonly type: 'service';
  readonly version: string;
  /** Operations bound to the service directly, without those of its resources. */
  readonly operations: readonly ShapeId[];
  readonly resources: readonly ShapeId[];
  /** Errors that every operation may answer with. */
  readonly errors: readonly ShapeId[];
  /** Names of shapes within this service, where they differ from the shape's own. */
  readonly rename: ReadonlyMap<ShapeId, string>;
}

/** A shape of data, which members may target. */
export type DataShape = SimpleShape | EnumShape | ListShape | MapShape | StructureShape;

export type Shape = DataShape | OperationShape | ResourceShape | ServiceShape;
