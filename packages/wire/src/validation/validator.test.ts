import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { search } from '../fixtures/library.ts';
import type { Schema, StructureSchema } from '../schema.ts';
import { compileValidator } from './validator.ts';

const list: Extract<Schema, { type: 'list' }> = { type: 'list', member: { target: { type: 'string' } } };
const validate = compileValidator(search.input);

/** The fields at fault, as `path: message`. */
function faults(input: object, check = validate): string[] {
  try {
    check(input);
    return [];
  } catch (error) {
    assert(error instanceof WireError && error.code === 'validation');
    return error.fields.map(({ path, message }) => `${path}: ${message}`);
  }
}

/** What is wrong with one value of a schema. */
function constraintBroken(target: Schema, value: unknown): string | undefined {
  const structure: StructureSchema = { type: 'structure', name: 'Input', members: { x: { target } } };
  return faults({ x: value }, compileValidator(structure))[0]?.replace(/^.*constraint: Member must /, '');
}

describe('a value breaks', () => {
  const emoji = '👍';
  for (const [constraint, target, good, bad] of [
    [
      'have length between 2 and 3, inclusive',
      string({ length: { min: 2, max: 3 } }),
      ['ab', emoji.repeat(3)],
      ['a', emoji, 'abcd', emoji.repeat(4)],
    ],
    ['have length greater than or equal to 2', string({ length: { min: 2 } }), ['ab'], ['', 'a', emoji]],
    ['have length less than or equal to 2', string({ length: { max: 2 } }), ['', emoji.repeat(2)], ['abc']],
    [
      'be between 1 and 9, inclusive',
      { type: 'integer', traits: { range: { min: 1, max: 9 } } },
      [1, 9],
      [0, 10],
    ],
    [
      'be greater than or equal to 1',
      { type: 'long', traits: { range: { min: 1 } } },
      [1, 2n ** 62n],
      [0, -(2n ** 62n)],
    ],
    ['be less than or equal to 1.5', { type: 'float', traits: { range: { max: 1.5 } } }, [1.5, -1], [1.6]],
    ['satisfy regular expression pattern: ^.$', string({ pattern: '^.$' }), ['a', emoji], ['', 'ab']],
    ['satisfy regular expression pattern: ^[\\w\\=]$', string({ pattern: '^[\\w\\=]$' }), ['='], ['-']],
    ['satisfy enum value set: [A, B]', { type: 'enum', values: ['A', 'B'] }, ['A'], ['a', '']],
    ['satisfy enum value set: [1, 2]', { type: 'intEnum', values: [1, 2] }, [1], [3]],
    [
      'have length less than or equal to 1',
      { type: 'blob', traits: { length: { max: 1 } } },
      [bytes(1)],
      [bytes(2)],
    ],
    [
      'have length less than or equal to 1',
      { ...list, traits: { length: { max: 1 } } },
      [['a']],
      [['a', 'b']],
    ],
    ['have unique values', { ...list, traits: { uniqueItems: true } }, [['a', 'b'], []], [['a', 'b', 'a']]],
  ] as readonly (readonly [string, Schema, readonly unknown[], readonly unknown[]])[]) {
    test(`${target.type}: must ${constraint}`, () => {
      for (const value of good) assert.equal(constraintBroken(target, value), undefined, String(value));
      for (const value of bad) assert.equal(constraintBroken(target, value), constraint, String(value));
    });
  }
});

test('values of any shape count as equal where items must be unique', () => {
  const unique = (value: unknown[]) =>
    constraintBroken({ ...list, traits: { uniqueItems: true } }, value) === undefined;
  assert.equal(unique([new Date(1), new Date(1)]), false);
  assert.equal(unique([bytes(1), bytes(1)]), false);
  assert.equal(
    unique([
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ]),
    false,
  );
  assert.equal(unique([{ a: 1 }, { a: 2 }, { b: 1 }, ['a'], []]), true);
});

test('many items are checked for uniqueness in proportion to their number', () => {
  const items = Array.from({ length: 100_000 }, (_, index) => `${index}`);
  assert.equal(constraintBroken({ ...list, traits: { uniqueItems: true } }, items), undefined);
});

test('a member wins over the traits of its target', () => {
  const members = { x: { target: string({ length: { max: 1 } }), traits: { length: { max: 3 } } } } as const;
  assert.deepEqual(faults({ x: 'abc' }, compileValidator({ type: 'structure', name: 'Input', members })), []);
});

test('each member at fault is named by its path', () => {
  const input = { words: ['abc', 'a'], filter: {}, byShelf: { ab: 'X' } };
  assert.deepEqual(
    faults(input).map((fault) => fault.split(':')[0]),
    ['/word', '/words/1', '/byShelf/ab', '/filter/by'],
  );
});

test('a key at fault is told by the path of its map, and escaped and cut in the path of its value', () => {
  const text = `a/~${'b'.repeat(100)}`;
  const [key, value] = faults({ word: 'abc', byShelf: { [text]: 'X' } });
  assert.match(key ?? '', /^\/byShelf: /);
  assert.equal(value?.split(':')[0], `/byShelf/a~1~0${'b'.repeat(61)}…`);
});

test('no value appears in what is said, nor a key that is sensitive', () => {
  const secret = 'hunter2';
  assert.doesNotMatch(
    faults({ word: secret, password: secret, bySecret: { [secret]: secret } }).join(),
    /hunter2/,
  );
});

test('the sentence counts the errors and names the first ten', () => {
  const messageOf = (count: number) => {
    try {
      validate({ word: 'abc', words: Array.from({ length: count }, () => 'X') });
    } catch (error) {
      assert(error instanceof WireError);
      return [error.path, error.message.split('.')[0], error.fields.length];
    }
    return undefined;
  };
  assert.deepEqual(messageOf(1), ['/words/0', '1 validation error detected', 1]);
  assert.deepEqual(messageOf(10), ['/words/0', '10 validation errors detected', 10]);
  assert.deepEqual(messageOf(20), ['/words/0', 'More than 10 validation errors detected', 10]);
});

test('an expression does not run over a text that is too long', () => {
  const target = string({ pattern: '^(a+)+$', length: { max: 10 } });
  assert.match(constraintBroken(target, `${'a'.repeat(100)}!`) ?? '', /^have length/);
});

test('a structure that contains itself is checked all the way down', () => {
  const node: StructureSchema = {
    type: 'structure',
    name: 'Node',
    members: { next: { target: () => node }, name: { target: string({ length: { max: 1 } }) } },
  };
  assert.match(
    faults({ next: { next: { name: 'ab' } } }, compileValidator(node)).join(),
    /^\/next\/next\/name: /,
  );
});

test('code points are counted as iteration counts them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 12 }), (text, max) => {
      const fits = [...text].length <= max;
      assert.equal(constraintBroken(string({ length: { max } }), text) === undefined, fits);
    }),
  );
});

function string(traits: NonNullable<Schema['traits']>): Schema {
  return { type: 'string', traits };
}

function bytes(length: number): Uint8Array {
  return new Uint8Array(length);
}
