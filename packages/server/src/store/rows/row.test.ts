import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { RollingHash } from './rolling-hash.ts';
import { type Column, encodeRow, parseValue, renderValue, type Value } from './row.ts';

const bytes = (length: { minLength?: number; maxLength?: number } = {}) =>
  fc.uint8Array(length).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'grapheme' });
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  text,
  bytes({ maxLength: 20 }),
);
const row = fc.array(value, { maxLength: 5 });

test('the canonical form of a row is that of no other row', () => {
  fc.assert(
    fc.property(row, row, (one, other) => {
      assert.equal(encodeRow(one).equals(encodeRow(other)), isDeepStrictEqual(one, other));
    }),
  );
  const near: Value[][] = [[''], [null], [Buffer.of()], ['1'], [1n], ['a', 'b'], ['ab'], ['ab', ''], []];
  assert.equal(new Set(near.map((each) => encodeRow(each).toString('hex'))).size, near.length);
});

test('the canonical form has the type, the length and the bytes of each value', () => {
  const encoded = encodeRow([null, -12n, 'é', Buffer.of(7)]);
  assert.equal(
    encoded.toString('hex'),
    '00000000000100000003' + '2d313202000000' + '02c3a9' + '030000000107',
  );
});

test('the hash of a table goes on from what was kept of it, and is another in another order', () => {
  const hash = (rows: readonly Value[][], from?: RollingHash['state']) => {
    const rolling = new RollingHash(from);
    for (const each of rows) rolling.add(encodeRow(each));
    return rolling.state;
  };
  const [one, two, three] = [['a'], ['b'], [3n]];
  assert.deepEqual(hash([two, three], hash([one])), hash([one, two, three]));
  assert.notEqual(hash([one, three, two]).sha256, hash([one, two, three]).sha256);
  assert.equal(hash([one, two, three]).rows, 3);
});

test('a value of a key is read as it was rendered', () => {
  const column = (type: Column['type']): Column => ({ name: 'c', type, isNullable: false });
  const cases: readonly (readonly [Column['type'], fc.Arbitrary<Value>])[] = [
    ['integer', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['text', text],
    ['bytes', bytes()],
    ['uuid', bytes({ minLength: 16, maxLength: 16 })],
    ['uuid', bytes({ maxLength: 15 })],
  ];
  for (const [type, arbitrary] of cases) {
    fc.assert(
      fc.property(arbitrary, (each) => {
        assert.deepEqual(parseValue(column(type), renderValue(column(type), each)), each);
      }),
    );
  }
});
