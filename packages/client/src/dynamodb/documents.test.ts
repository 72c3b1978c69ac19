import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Document } from './document.ts';
import { DynamoNumber, numberFrom } from './dynamo-number.ts';
import { marshall, marshallValue } from './marshall.ts';
import { unmarshall, unmarshallValue } from './unmarshall.ts';

/** Text of a number that DynamoDB stores, however it is written. */
const numberTexts = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^\d{1,19}$/),
    fc.option(fc.stringMatching(/^\d{0,19}$/)),
    fc.option(fc.integer({ min: -80, max: 80 })),
  )
  .map(([sign, whole, fraction, power]) =>
    [sign, whole, fraction === null ? '' : `.${fraction}`, power === null ? '' : `e${power}`].join(''),
  );

const numbers: fc.Arbitrary<number | bigint | DynamoNumber> = numberTexts.map((text) => {
  const number = numberFrom(text);
  assert.ok(number !== undefined, text);
  return number;
});
const bytes = fc.uint8Array({ maxLength: 20 });
const sets: fc.Arbitrary<Document> = fc.oneof(
  fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((list) => new Set(list)),
  fc.uniqueArray(numbers, { minLength: 1, maxLength: 4, selector: String }).map((list) => new Set(list)),
  fc.uniqueArray(bytes, { minLength: 1, maxLength: 4, selector: String }).map((list) => new Set(list)),
);
const { item } = fc.letrec<{ value: Document; item: { [key: string]: Document } }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    fc.oneof(fc.string(), numbers, fc.boolean(), fc.constant(null), bytes, sets),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('item'),
  ),
  item: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));

/** The value of a number by another way: as a fraction of two integers. */
function fractionOf(text: string): readonly [bigint, bigint] {
  const [, sign, whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e(.*))?$/i.exec(text) ?? [];
  const exponent = Number(power) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  return exponent >= 0 ? [digits * 10n ** BigInt(exponent), 1n] : [digits, 10n ** BigInt(-exponent)];
}

suite('documents of DynamoDB', () => {
  test('any item is read as it was written', () => {
    fc.assert(fc.property(item, (value) => assert.deepEqual(unmarshall(marshall(value)), value)));
  });

  test('every number is kept exactly, whether as number, bigint or DynamoNumber', () => {
    fc.assert(
      fc.property(numberTexts, (text) => {
        const number = numberFrom(text) ?? assert.fail(text);
        if (typeof number === 'number' && Number.isInteger(number)) assert.ok(Number.isSafeInteger(number));
        const [a, b] = fractionOf(String(number));
        const [c, d] = fractionOf(text);
        assert.equal(a * d, c * b, text);
        assert.deepEqual(marshallValue(number), { N: String(number) });
      }),
    );
  });

  for (const [text, value] of [
    ['0', 0],
    ['-0', 0],
    ['0.1', 0.1],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['1e21', 10n ** 21n],
    ['-18446744073709551616', -(2n ** 64n)],
    ['0.1000000000000000000001', new DynamoNumber('0.1000000000000000000001')],
    ['1e-130', 1e-130],
  ] as const) {
    test(`the number ${text} is ${typeof value === 'object' ? 'a DynamoNumber' : `the ${typeof value} ${value}`}`, () => {
      assert.deepEqual(unmarshallValue({ N: text }), value);
    });
  }

  test('bytes of every kind are written, and only what a view shows of them', () => {
    const { buffer } = Uint8Array.of(0, 1, 2, 3);
    const written = marshall({ a: buffer, b: new DataView(buffer, 1, 2), c: Buffer.from('x') });
    assert.deepEqual(unmarshall(written), {
      a: Uint8Array.of(0, 1, 2, 3),
      b: Uint8Array.of(1, 2),
      c: Buffer.from('x'),
    });
  });

  test('members that are undefined are left out; objects of other realms and without a prototype are plain', async () => {
    const { runInNewContext } = await import('node:vm');
    const bare = Object.assign(Object.create(null), { x: 1 });
    assert.deepEqual(marshall({ a: undefined, bare, far: runInNewContext('({ y: 2 })') }), {
      bare: { M: { x: { N: '1' } } },
      far: { M: { y: { N: '2' } } },
    });
  });

  class Point {
    x = 1;
  }
  const circle: unknown[] = [];
  circle.push(circle);
  for (const [what, value, message] of [
    ['a class', new Point(), '/at/0: found a Point, expected plain values'],
    [
      'a Date',
      new Date(0),
      '/at/0: found a Date, expected plain values; give its toISOString() or getTime()',
    ],
    ['a Map', new Map(), '/at/0: found a Map, expected plain values; give Object.fromEntries(map)'],
    ['a function', () => 1, '/at/0: found a function, expected plain values'],
    ['undefined in a list', undefined, '/at/0: found undefined, expected plain values'],
    ['an empty Set', new Set(), '/at/0: found an empty Set, which DynamoDB does not store'],
    [
      'a mixed Set',
      new Set(['a', 1]),
      'found a Set of a string and a number, expected only text, only numbers or only bytes',
    ],
    ['NaN', Number.NaN, '/at/0: found "NaN", which is no decimal number'],
    ['Infinity', Number.POSITIVE_INFINITY, '/at/0: found "Infinity", which is no decimal number'],
    [
      'an integer that a number may not hold',
      2 ** 53,
      '/at/0: found 9007199254740992, which a number may not hold exactly; give a bigint',
    ],
    ['a number of 39 digits', 10n ** 38n + 1n, '/at/0: found a number of 39 digits; DynamoDB keeps 38'],
    [
      'a number that is too small',
      1e-131,
      '/at/0: found 1e-131, which is out of the range of DynamoDB, 1E-130 to 9.99E+125',
    ],
    [
      'a value that holds itself',
      circle,
      'found a value below 32 lists or objects, or one that holds itself',
    ],
  ] as const) {
    test(`${what} is refused by name, with its path`, () => {
      assert.throws(
        () => marshall({ at: [value] }),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'badInput');
          assert.ok(error.message.endsWith(message), error.message);
          return true;
        },
      );
    });
  }

  test('what is no item, and a value of a type that nobody knows, is refused', () => {
    assert.throws(() => marshall([1]), {
      code: 'badInput',
      message: /found a Array, expected a plain object/,
    });
    const unknown = { a: { L: [{ $unknown: ['VECTOR', {}] as const }] } };
    assert.throws(() => unmarshall(unknown), {
      code: 'badResponse',
      message: /\/a\/0: found a value of type VECTOR/,
    });
    assert.throws(() => unmarshall({ n: { N: 'many' } }), {
      code: 'badResponse',
      message: /\/n: found "many"/,
    });
    assert.throws(() => new DynamoNumber('1e999'), { code: 'badInput', message: /out of the range/ });
    assert.equal(JSON.stringify({ n: new DynamoNumber('0.1') }), '{"n":"0.1"}');
  });
});
