import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluate } from '@latchkey/client/jmespath/evaluate';
import { parseJmesPath } from './parse.ts';

function search(expression: string, value: unknown): unknown {
  return evaluate(parseJmesPath(expression), value);
}

test('a path of members is a chain of fields', () => {
  assert.deepEqual(parseJmesPath('Cluster.Status'), ['chain', ['field', 'Cluster'], ['field', 'Status']]);
});

const stacks = { Stacks: [{ Name: 'a', Tags: [1, 2] }, { Name: 'b', Tags: [3] }, { Other: true }] };

const cases: readonly (readonly [rule: string, expression: string, value: unknown, expected: unknown])[] = [
  ['a member', 'a', { a: 1 }, 1],
  ['a member that is not there', 'b', { a: 1 }, null],
  ['a member of what is no object', 'a', [1], null],
  ['no member that only the prototype has', 'constructor', {}, null],
  ['a name in quotes', '"a b\\"c".d', { 'a b"c': { d: 1 } }, 1],
  ['an index', 'a[1]', { a: [1, 2] }, 2],
  ['an index from the end', '[-1]', [1, 2], 2],
  ['an index beyond the end', '[5]', [1, 2], null],
  ['a slice', '[1:3]', [0, 1, 2, 3], [1, 2]],
  ['a slice backwards', '[::-1]', [0, 1, 2], [2, 1, 0]],
  ['a slice by steps from the end', 'a[-3::2].b', { a: [{ b: 0 }, { b: 1 }, {}, { b: 3 }] }, [1, 3]],
  ['an item of each', 'Stacks[*].Name', stacks, ['a', 'b']],
  ['an item of each in each', 'Stacks[*].Tags[0]', stacks, [1, 3]],
  ['lists flattened into one', 'Stacks[].Tags[]', stacks, [1, 2, 3]],
  ['lists flattened at the root', '[]', [[1, [2]], 3], [1, [2], 3]],
  ['each value of an object', 'a.*.b', { a: { x: { b: 1 }, y: { b: 2 }, z: 3 } }, [1, 2]],
  ['each value of the root', '*', { a: 1, b: 2 }, [1, 2]],
  ['a filter', "Stacks[?Name == 'b'].Tags", stacks, [[3]]],
  ['a filter by truth', '[?a]', [{ a: 0 }, { a: '' }, { a: [] }, { a: false }, {}], [{ a: 0 }]],
  ['a filter of each, one after the other', 'a[?b][?c]', { a: [{ b: 1 }] }, []],
  ['a pipe ends a projection', 'Stacks[*].Name | [0]', stacks, 'a'],
  ['parentheses end a projection', '(Stacks[*].Name)[1]', stacks, 'b'],
  ['and binds tighter than or', '`true` || `true` && `false`', null, true],
  ['or answers the first that is true', 'a || b || c', { b: 2, c: 3 }, 2],
  ['and answers the first that is false', 'a && b', { a: [], b: 1 }, []],
  ['not binds tighter than and', '!a && b', { b: 1 }, 1],
  ['not binds tighter than a dot', '!a.b', { a: { b: 1 } }, null],
  ['equality of numbers', 'a == `1`', { a: 1 }, true],
  ['equality of structures', 'a == b', { a: { x: [1], y: 2 }, b: { y: 2, x: [1] } }, true],
  ['inequality', "a != 'x'", { a: 'y' }, true],
  ['order of numbers', '[a < b, a <= b, a > b, a >= b]', { a: 1, b: 2 }, [true, true, false, false]],
  ['no order of strings', 'a < b', { a: 'a', b: 'b' }, null],
  ['a list of expressions', '[a, b.c]', { a: 1, b: { c: 2 } }, [1, 2]],
  ['a list of expressions of nothing', 'a.[b]', {}, null],
  ['an object of expressions', '{x: a, "y z": b}', { a: 1, b: 2 }, { x: 1, 'y z': 2 }],
  ['an object of expressions of each', 'a[*].{x: b}', { a: [{ b: 1 }] }, [{ x: 1 }]],
  ['the value itself', '@', 1, 1],
  ['a literal of JSON', '`{"a": "\\`"}`', null, { a: '`' }],
  ['a raw string', "'it\\'s \\n'", null, "it's \\n"],
  ['length of a list', 'length(a)', { a: [1, 2] }, 2],
  ['length of an object', 'length(a)', { a: { b: 1 } }, 1],
  ['length of a string, in characters', 'length(@)', 'a😀', 2],
  ['length of nothing', 'length(a)', {}, null],
  ['an item in a list', 'contains(a, `2`)', { a: [1, 2] }, true],
  ['a text in a text', "contains(@, 'el')", 'hello', true],
  ['keys', 'keys(@)', { a: 1, b: 2 }, ['a', 'b']],
  ['values', 'values(@)', { a: 1, b: 2 }, [1, 2]],
  ['the start of a text', "starts_with(@, 'he')", 'hello', true],
  ['the end of a text', "ends_with(@, 'he')", 'hello', false],
  ['the first that is not null', 'not_null(a, b)', { b: 2 }, 2],
];

for (const [rule, expression, value, expected] of cases) {
  test(`${rule}: ${expression}`, () => {
    assert.deepEqual(search(expression, value), expected);
  });
}

test('a group is healthy when contains() finds no size below its least', () => {
  const path = "contains(Groups[].[length(Instances[?State=='InService']) >= MinSize][], `false`)";
  const group = (states: readonly string[]) => ({
    MinSize: 1,
    Instances: states.map((State) => ({ State })),
  });
  assert.equal(search(path, { Groups: [group(['InService']), group(['Pending', 'InService'])] }), false);
  assert.equal(search(path, { Groups: [group(['InService']), group(['Pending'])] }), true);
});

const refusals: readonly (readonly [expression: string, message: string])[] = [
  ['', 'JMESPath "", character 1: must be an expression, found the end'],
  ['a.', 'JMESPath "a.", character 3: must be an expression, found the end'],
  ['a b', 'JMESPath "a b", character 3: must be an operator, found "b"'],
  ['a[1', 'JMESPath "a[1", character 4: must be "]", found the end'],
  ['a[b]', 'JMESPath "a[b]", character 3: must be a number, found "b"'],
  ['[::0]', 'JMESPath "[::0]", character 4: a step must not be 0'],
  ['{a}', 'JMESPath "{a}", character 3: must be ":", found "}"'],
  ["a == 'b", `JMESPath "a == 'b", character 6: "'" opens nothing that is closed`],
  ['`{`', 'JMESPath "`{`", character 1: must be JSON, found {'],
  ['a = b', 'JMESPath "a = b", character 3: "=" opens nothing that is closed'],
  [
    'sort_by(a, &b)',
    'JMESPath "sort_by(a, &b)", character 1: calls sort_by(), and clients have only contains, ends_with, keys, length, not_null, starts_with, values',
  ],
  [
    'toString(a)',
    'JMESPath "toString(a)", character 1: calls toString(), and clients have only contains, ends_with, keys, length, not_null, starts_with, values',
  ],
];

for (const [expression, message] of refusals) {
  test(`what cannot be read is refused with its place: ${expression}`, () => {
    assert.throws(() => parseJmesPath(expression), { name: 'JmesPathError', message });
  });
}

const folder = new URL('../../../../../shared/api-models-aws/', import.meta.url).pathname;
const skip = existsSync(folder) ? false : '../shared/api-models-aws is not here';

test('every expression in the models of AWS is read', { skip }, () => {
  const expressions = new Set(globSync(`${folder}*/service/*/*.json`).flatMap(expressionsIn));
  assert.ok(expressions.size > 100, `found ${expressions.size}`);
  for (const expression of expressions) parseJmesPath(expression);
});

/** The text of every `"path": "..."` in a file: waiters and endpoint parameters have them, and endpoint rules none. */
function expressionsIn(file: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
    if (key === 'smithy.waiters#waitable' || key === 'smithy.rules#operationContextParams') {
      found.push(...pathsIn(value));
    }
    return value;
  });
  return found;
}

function pathsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    key === 'path' && typeof item === 'string' ? [item] : pathsIn(item),
  );
}
