import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { parseCbor } from './parse.ts';
import { Tagged } from './tagged.ts';

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

describe('CBOR is read', () => {
  for (const [hex, value] of [
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['1b0020000000000000', 2n ** 53n],
    ['1bffffffffffffffff', 2n ** 64n - 1n],
    ['c249010000000000000000', 2n ** 64n],
    ['3bffffffffffffffff', -(2n ** 64n)],
    ['c349010000000000000000', -(2n ** 64n) - 1n],
    ['3b001fffffffffffff', -(2n ** 53n)],
    ['20', -1],
    ['3903e7', -1000],
    ['f90000', 0],
    ['f98000', -0],
    ['f93e00', 1.5],
    ['f97bff', 65504],
    ['f90001', 2 ** -24],
    ['f97c00', Number.POSITIVE_INFINITY],
    ['f97e00', Number.NaN],
    ['f9fc00', Number.NEGATIVE_INFINITY],
    ['fa47c35000', 100_000],
    ['fb3ff199999999999a', 1.1],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['f7', null],
    ['c11a514b67b0', new Tagged(1, 1_363_896_240)],
    ['d82076687474703a2f2f7777772e6578616d706c652e636f6d', 'http://www.example.com'],
    ['40', new Uint8Array()],
    ['4401020304', Uint8Array.of(1, 2, 3, 4)],
    ['60', ''],
    ['62c3bc', 'ü'],
    ['80', []],
    ['83010203', [1, 2, 3]],
    ['a0', {}],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['5f42010243030405ff', Uint8Array.of(1, 2, 3, 4, 5)],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9fff', []],
    ['9f01820203ff', [1, [2, 3]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['a2616101616102', { a: 2 }],
    ['a1695f5f70726f746f5f5f01', JSON.parse('{"__proto__":1}')],
  ] as const) {
    test(`${hex}`, () => {
      assert.deepEqual(parseCbor(bytesOf(hex)), value);
    });
  }
});

describe('what is no CBOR is refused, saying where', () => {
  for (const [hex, reason, why] of [
    ['', 'found the end too early at byte 0', 'nothing at all'],
    ['0000', 'found more than one value at byte 1', 'more than one value'],
    ['18', 'found the end too early at byte 1', 'a cut number'],
    ['1c', 'found a reserved length at byte 1', 'a reserved length'],
    ['1f', 'found a reserved length at byte 1', 'a number without end'],
    ['5bffffffffffffffff', 'found the end too early at byte 9', 'more bytes than there are'],
    ['9affffffff', 'found the end too early at byte 5', 'more items than there are'],
    ['61ff', 'found text that is not UTF-8 at byte 2', 'text that is not UTF-8'],
    ['a10101', 'found a key that is not text at byte 2', 'a key that is no text'],
    ['5f6161ff', 'found a piece of another kind in a string at byte 2', 'text among bytes'],
    ['7f7f6161ffff', 'found a piece of another kind in a string at byte 2', 'an open string in another'],
    ['9f01', 'found the end too early at byte 2', 'an array without end'],
    ['bf6161ff', 'found a simple value without meaning at byte 4', 'a key without value'],
    ['ff', 'found a simple value without meaning at byte 1', 'an end of nothing'],
    ['f818', 'found a simple value without meaning at byte 1', 'a simple value without meaning'],
    ['c201', 'found a number, expected bytes at byte 2', 'a big number that is no bytes'],
  ] as const) {
    test(why, () => {
      const refusal = refusalOf(() => parseCbor(bytesOf(hex)));
      assert.equal(refusal.message, `Cannot parse the CBOR body: ${reason}`);
      assert.equal(refusal.code, 'malformed');
    });
  }

  for (const [kind, hex] of [
    ['arrays', '81'],
    ['maps', 'a16161'],
    ['tags', 'c1'],
  ] as const) {
    test(`${kind} nested so deep that they would exhaust the stack`, () => {
      const refusal = refusalOf(() => parseCbor(bytesOf(hex.repeat(100_000))));
      assert.match(refusal.message, /nested deeper than 128/);
    });
  }

  test('an integer so long that reading it would take its time', () => {
    const refusal = refusalOf(() => parseCbor(bytesOf(`c2590401${'ff'.repeat(1025)}`)));
    assert.match(refusal.message, /found an integer of more than 1024 bytes/);
  });

  test('any bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          parseCbor(bytes);
        } catch (error) {
          assert(error instanceof WireError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

test('bytes that were read do not change with the buffer that they came in', () => {
  const buffer = Buffer.from('4101', 'hex');
  const value = parseCbor(buffer);
  buffer.fill(0);
  assert.deepEqual(value, Uint8Array.of(1));
});
