import * as v from 'valibot';
import { renderHint } from './near-match.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';
import { isMapping, type Path, schemaAt, valueAt } from './settings-tree.ts';

/** Something wrong with a value, or with a key, at a path of the settings. */
export interface Finding {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: string;
}

type FindSource = (path: Path) => string | undefined;

/**
 * Checks each value by itself.
 *
 * @param findSource - a scalar as it is written in the file
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

/** `users[0].email: `, to begin a message with; nothing for the root. */
export function renderPath(path: Path): string {
  const joined = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return joined === '' ? '' : `${joined.slice(1)}: `;
}

function describeIssue(
  issue: v.InferIssue<typeof settingsSchema>,
  input: unknown,
  findSource: FindSource,
): Finding[] {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const last = issue.path?.at(-1);
  if (last?.origin !== 'key') {
    // The value as it was written: what the issue has may be the seconds of a duration.
    const value = valueAt(input, path);
    const message = `${renderPath(path)}expected ${issue.message}${describeValue(value, path, findSource)}`;
    return [{ path, part: 'value', message }];
  }
  const parent = path.slice(0, -1);
  // To Valibot a list is an object too, with unknown keys.
  if (Array.isArray(last.input)) {
    return [
      { path: parent, part: 'value', message: `${renderPath(parent)}expected ${issue.message}, got a list` },
    ];
  }
  return issue.expected === 'never'
    ? describeUnknownKeys(Object(last.input), parent)
    : [{ path: parent, part: 'value', message: `${renderPath(parent)}${issue.expected} is missing` }];
}

/** All of them: Valibot reports only the first in each mapping. */
function describeUnknownKeys(mapping: object, parent: Path): Finding[] {
  const schema = schemaAt(settingsSchema, parent);
  const known = isMapping(schema) ? Object.keys(schema.entries) : [];
  return Object.keys(mapping)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const hint =
        known.includes('passwordHash') && /passw/i.test(key)
          ? '; passwords only as hashes: make one with `latchkey user hash` and give it as passwordHash'
          : renderHint(key, known);
      return {
        path: [...parent, key],
        part: 'key',
        message: `${renderPath(parent)}unknown key ${JSON.stringify(key)}${hint}`,
      };
    });
}

/** `, got …`; nothing for what may be a password. */
function describeValue(value: unknown, path: Path, findSource: FindSource): string {
  if (path.includes('passwordHash')) return '';
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
