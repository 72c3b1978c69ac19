import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { locateJsonError } from './locate-error.ts';
import { parseJson } from './parse.ts';

describe('parseJson', () => {
  test('accepts what JSON.parse accepts, and refuses the rest', () => {
    const nearlyJson = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 1 }))
      .map(([text, at, change]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + change + text.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearlyJson), (text) => {
        const read = () => parseJson(encodeUtf8(text), { exact: false });
        const expected = attempt(() => JSON.parse(text.toWellFormed()));
        if (expected === undefined) assert.equal(refusalOf(read).code, 'malformed');
        else assert.deepEqual(read(), expected.value);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps whole numbers that a double cannot hold, where asked', () => {
    const body = encodeUtf8('[9007199254740993, -9223372036854775808, 1e300, 3]');
    assert.deepEqual(parseJson(body, { exact: true }), [9007199254740993n, -9223372036854775808n, 1e300, 3]);
    assert.deepEqual(parseJson(body, { exact: false }), [9007199254740992, -(2 ** 63), 1e300, 3]);
  });
});

describe('locateJsonError', () => {
  for (const [text, place] of [
    ['', 'unexpected end at line 1, column 1'],
    ['{"a":1,}', 'unexpected character at line 1, column 8'],
    ['{a:1}', 'unexpected character at line 1, column 2'],
    ["{'a':1}", 'unexpected character at line 1, column 2'],
    ['{"a" 1}', 'unexpected character at line 1, column 6'],
    ['[1 2]', 'unexpected character at line 1, column 4'],
    ['[1,]', 'unexpected character at line 1, column 4'],
    ['[1}', 'unexpected character at line 1, column 3'],
    ['{"a":1}\n x', 'unexpected character at line 2, column 2'],
    ['["a\tb"]', 'bad string at line 1, column 2'],
    ['{"secret', 'bad string at line 1, column 2'],
    ['[01]', 'unexpected character at line 1, column 3'],
    ['[NaN]', 'unexpected character at line 1, column 2'],
    ['{"a":[1,2', 'unexpected end at line 1, column 10'],
  ] as const) {
    test(`${JSON.stringify(text)}: ${place}`, () => {
      assert.equal(locateJsonError(text), place);
    });
  }

  test('finds a place for every text that JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[[\]{}:,"\\0-9eE.truefalsn -]*$/), (text) => {
        fc.pre(attempt(() => JSON.parse(text)) === undefined);
        assert.match(locateJsonError(text), / at line \d+, column \d+$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('takes time in proportion to the text', () => {
    assert.match(locateJsonError(`"${'a'.repeat(30_000_000)}`), /^bad string/);
    assert.match(locateJsonError('['.repeat(1_000_000)), /^unexpected end/);
  });
});

function attempt(work: () => unknown): { value: unknown } | undefined {
  try {
    return { value: work() };
  } catch {
    return undefined;
  }
}
