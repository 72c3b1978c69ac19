import * as v from 'valibot';

/** Keys and indexes from the root of the configuration, e.g. `users`, `0`, `email`. */
export type Path = readonly (string | number)[];

/** A leaf of the settings: one value or a list. */
export interface Setting {
  readonly path: readonly string[];
  readonly schema: v.GenericSchema;
  readonly description: string;
  /** As written in the file; absent when the setting has no default. */
  readonly default?: unknown;
}

/** Every setting of the schema; each list of the directory counts as one. */
export function listSettings(schema: v.GenericSchema, path: readonly string[] = []): Setting[] {
  const inner = unwrap(schema);
  if (isMapping(inner)) {
    return Object.entries(inner.entries).flatMap(([key, entry]) => listSettings(entry, [...path, key]));
  }
  const setting = { path, schema: inner, description: v.getDescription(inner) ?? '' };
  return [
    isOptional(schema) && schema.default !== undefined ? { ...setting, default: schema.default } : setting,
  ];
}

/** @returns the value at a path of the content; `undefined` when the path does not exist */
export function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return Reflect.get(value, key);
  }, content);
}

/** @returns the schema of the value at a path; `never` when the schema has no such path */
export function schemaAt(schema: v.GenericSchema, path: Path): v.GenericSchema {
  let node = unwrap(schema);
  for (const key of path) {
    const mapping = mappingIn(node);
    if (mapping !== undefined) node = unwrap(mapping.entries[key] ?? v.never());
    else if (isList(node)) node = unwrap(node.item);
  }
  return node;
}

export function isList(schema: v.GenericSchema): schema is v.ArraySchema<v.GenericSchema, undefined> {
  return schema.type === 'array';
}

/** Whether the schema is a list of the directory, whose items are mappings. */
export function isListOfMappings(schema: v.GenericSchema): boolean {
  return isList(schema) && isMapping(schema.item);
}

export function isMapping(
  schema: v.GenericSchema,
): schema is v.StrictObjectSchema<v.ObjectEntries, undefined> {
  return schema.type === 'strict_object';
}

/** @returns the schema itself where it is a mapping; of a value that may be a mapping or something else, the mapping */
export function mappingIn(
  schema: v.GenericSchema,
): v.StrictObjectSchema<v.ObjectEntries, undefined> | undefined {
  const options = isUnion(schema) ? schema.options : [schema];
  return options.find(isMapping);
}

function isUnion(schema: v.GenericSchema): schema is v.UnionSchema<v.GenericSchema[], undefined> {
  return schema.type === 'union';
}

function isOptional(schema: v.GenericSchema): schema is v.OptionalSchema<v.GenericSchema, unknown> {
  return schema.type === 'optional' || schema.type === 'exact_optional';
}

function unwrap(schema: v.GenericSchema): v.GenericSchema {
  return isOptional(schema) ? unwrap(schema.wrapped) : schema;
}
