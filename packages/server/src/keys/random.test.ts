import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBytes, randomText } from './random.ts';

/** Far beyond any real chance: for a fair source, six standard deviations off happens once in 500 million. */
const MOST_DEVIATIONS = 6;

test('random bytes are as many as asked for, and do not repeat', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 20_000; i += 1) seen.add(randomBytes(16).toString('hex'));
  assert.equal(seen.size, 20_000);
  for (const size of [0, 1, 7, 8191, 8192]) assert.equal(randomBytes(size).length, size);
});

test('bytes that were handed out stay as they are when more are drawn', () => {
  const bytes = randomBytes(32);
  const copy = Buffer.from(bytes);
  for (let i = 0; i < 1000; i += 1) randomBytes(32);
  assert.deepEqual(bytes, copy);
});

test('more than the pool holds is refused', () => {
  assert.throws(() => randomBytes(8193), /8193 wanted, at most 8192/);
});

test('random text is of the alphabet and the length asked for', () => {
  for (const length of [0, 1, 8, 43, 1000])
    assert.match(randomText('xyz', length), new RegExp(`^[xyz]{${length}}$`));
});

test('no character of the alphabet comes more often than another', () => {
  // 20 does not divide 256: taking the remainder of a byte would favour the first 16 by an eighth.
  const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
  const length = 200_000;
  const counts = new Map<string, number>();
  for (let drawn = 0; drawn < length; drawn += 1000) {
    for (const character of randomText(alphabet, 1000))
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const expected = length / alphabet.length;
  const deviation = Math.sqrt(expected * (1 - 1 / alphabet.length));
  for (const character of alphabet) {
    const off = Math.abs((counts.get(character) ?? 0) - expected) / deviation;
    assert.ok(off < MOST_DEVIATIONS, `${character} is ${off.toFixed(1)} standard deviations off`);
  }
});

test('an alphabet of 256 characters is used in full, and one of one gives that one', () => {
  const alphabet = String.fromCodePoint(...Array.from({ length: 256 }, (_, index) => 0x4e00 + index));
  assert.equal(new Set(randomText(alphabet, 8_000)).size, 256);
  assert.equal(randomText('x', 5), 'xxxxx');
});
