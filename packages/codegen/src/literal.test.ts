import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { printLiteral } from './literal.ts';

const plain = () => undefined;

test('what fits is printed on one line', () => {
  assert.equal(printLiteral({ a: [1, true, null], 'b-c': 'd' }, plain), "{ a: [1, true, null], 'b-c': 'd' }");
});

test('what does not fit is printed one entry a line, down to what fits', () => {
  const long = 'x'.repeat(100);
  assert.equal(
    printLiteral({ one: [1, 2], two: { three: long, four: 4 } }, plain),
    `{\n  one: [1, 2],\n  two: {\n    three: '${long}',\n    four: 4,\n  },\n}`,
  );
});

test('what stands before the value on its line counts', () => {
  const value = { a: 'x'.repeat(90) };
  assert.equal(printLiteral(value, plain, '', 11).includes('\n'), false);
  assert.equal(printLiteral(value, plain, '', 12).includes('\n'), true);
});

test('what has a name is printed by it, at any depth', () => {
  const shared = { big: 1 };
  const reference = (value: unknown) => (value === shared ? 'shared' : undefined);
  assert.equal(printLiteral({ a: shared, b: [shared] }, reference), '{ a: shared, b: [shared] }');
});

test('any JSON value, evaluated as it is printed, is the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const printed = printLiteral(value, plain);
      assert.deepEqual(new Function(`return (${printed});`)(), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a list with a hole is printed, with undefined in its place', () => {
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tried
  assert.equal(printLiteral([1, , 3], plain), '[1, undefined, 3]');
});

test('quotes, line ends and prototypes are printed so that they stay text', () => {
  for (const text of ["it's", '"', '\\', '\n', '\u2028', '\u0000', '`', '__proto__']) {
    const value = Object.fromEntries([[text, text]]);
    assert.deepEqual(new Function(`return (${printLiteral(value, plain)});`)(), value);
  }
});

test('data that is nested very deep is printed in time that grows with its depth', () => {
  let value: unknown =
    'a text that is long enough to fill the line of the innermost object by itself, and a little more than that';
  for (let depth = 0; depth < 200; depth += 1) value = { next: value };
  let looks = 0;
  printLiteral(value, () => {
    looks += 1;
    return undefined;
  });
  assert.ok(looks < 200 * 200, `${looks} looks`);
});
