import { ModelError } from './model-error.ts';
import type { ShapeId } from './shape-id.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Place of a value in the model, for error messages. */
export interface Place {
  readonly shapeId?: ShapeId;
  /** Name of the value, e.g. `members` or `trait smithy.api#http`. */
  readonly what: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, place: Place): JsonObject {
  if (!isObject(value)) throw unexpected(value, 'an object', place);
  return value;
}

export function arrayAt(value: unknown, place: Place): readonly Json[] {
  if (!Array.isArray(value)) throw unexpected(value, 'an array', place);
  return value;
}

export function stringAt(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string', place);
  return value;
}

export function numberAt(value: unknown, place: Place): number {
  if (typeof value !== 'number') throw unexpected(value, 'a number', place);
  return value;
}

export function booleanAt(value: unknown, place: Place): boolean {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean', place);
  return value;
}

function unexpected(value: unknown, wanted: string, { shapeId, what }: Place): ModelError {
  return new ModelError(shapeId, `${what}: is ${kindOf(value)}, must be ${wanted}`);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)}`;
}
