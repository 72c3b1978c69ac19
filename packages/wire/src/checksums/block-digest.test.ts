import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockDigest } from './block-digest.ts';

/** Digests nothing, and remembers how each block ended. */
class Endings extends BlockDigest {
  last = 0n;

  constructor() {
    super([]);
  }

  protected override compress(_state: readonly number[], view: DataView, offset: number): readonly number[] {
    this.last = view.getBigUint64(offset + 56);
    return [];
  }
}

test('the length of more than 512 MiB, which has more bits than a word, ends the last block', () => {
  const endings = new Endings();
  const part = new Uint8Array(2 ** 26);
  for (let count = 0; count < 9; count++) endings.update(part);
  endings.digest();
  assert.equal(endings.last, BigInt(part.length * 9 * 8));
});
