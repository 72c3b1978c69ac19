import * as v from 'valibot';
import { renderHint } from './near-match.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';
import { mappingIn, type Path, schemaAt, valueAt } from './settings-tree.ts';

/** A fault of a value or of a key, at a path of the settings. */
export interface Finding {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: string;
}

type FindSource = (path: Path) => string | undefined;

/**
 * Checks each value against the schema.
 *
 * @param findSource - returns a scalar as the file has it, e.g. a number with its leading zeros
 */
export function checkValues(
  input: unknown,
  findSource: FindSource,
): { readonly settings?: Settings; readonly findings: readonly Finding[] } {
  const result = v.safeParse(settingsSchema, input);
  return result.success
    ? { settings: result.output, findings: [] }
    : { findings: result.issues.flatMap((issue) => describeIssue(issue, input, findSource)) };
}

/** @returns the beginning of a message, e.g. `users[0].email: `; empty for the root */
export function renderPath(path: Path): string {
  const joined = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return joined === '' ? '' : `${joined.slice(1)}: `;
}

/** @param at - where the value is that the issue is about, which the path of the issue begins at */
function describeIssue(
  issue: v.BaseIssue<unknown>,
  input: unknown,
  findSource: FindSource,
  at: Path = [],
): Finding[] {
  const inIssue = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const path = [...at, ...inIssue];
  const last = issue.path?.at(-1);
  // Of a value that may be a mapping or something else, and is a mapping, what is wrong inside.
  const inside = (issue.issues ?? []).filter((nested) => nested.path !== undefined);
  if (inside.length > 0) return inside.flatMap((nested) => describeIssue(nested, input, findSource, path));
  if (last?.origin !== 'key') {
    // The value of the input: the issue may have the transformed one, e.g. the seconds of a duration.
    const value = valueAt(input, path);
    const message = `${renderPath(path)}expected ${issue.message}${describeValue(value, path, findSource)}`;
    return [{ path, part: 'value', message }];
  }
  const parent = path.slice(0, -1);
  // Valibot takes a list for an object with unknown keys.
  if (Array.isArray(last.input)) {
    return [
      { path: parent, part: 'value', message: `${renderPath(parent)}expected ${issue.message}, got a list` },
    ];
  }
  return issue.expected === 'never'
    ? describeUnknownKeys(Object(last.input), parent)
    : [{ path: parent, part: 'value', message: `${renderPath(parent)}${issue.expected} is missing` }];
}

/** Every unknown key of a mapping, because Valibot reports only the first. */
function describeUnknownKeys(mapping: object, parent: Path): Finding[] {
  const known = Object.keys(mappingIn(schemaAt(settingsSchema, parent))?.entries ?? {});
  return Object.keys(mapping)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const hint =
        known.includes('passwordHash') && /passw/i.test(key)
          ? '; passwords are configured as hashes only: make one with `latchkey user hash` and set it as passwordHash'
          : renderHint(key, known);
      return {
        path: [...parent, key],
        part: 'key',
        message: `${renderPath(parent)}unknown key ${JSON.stringify(key)}${hint}`,
      };
    });
}

/** @returns e.g. `, got a list`; empty for a value that may be a password, or have one */
function describeValue(value: unknown, path: Path, findSource: FindSource): string {
  if (path.includes('passwordHash') || path[0] === 'store') return '';
  if (value === null || value === undefined) return ', got nothing';
  if (Array.isArray(value)) return value.length === 0 ? ', got an empty list' : ', got a list';
  switch (typeof value) {
    case 'string':
      return `, got ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
    case 'number':
    case 'boolean': {
      const source = findSource(path) ?? String(value);
      const quoted = v.is(schemaAt(settingsSchema, path), source);
      return `, got the ${typeof value} ${source}${quoted ? `; put it in quotes: "${source}"` : ''}`;
    }
    default:
      return ', got a mapping';
  }
}
