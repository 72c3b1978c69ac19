import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from './base64.ts';

test('any bytes are read as they were written, as Node writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString('base64'));
      assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
    }),
  );
});

test('text that is not padded base64 of the standard alphabet is refused', () => {
  for (const text of ['A', 'AA', 'AAA', 'A===', '====', 'AA=A', 'AA==AAAA', 'AA A', 'AA\n=', 'A-_A', 'AAAé'])
    assert.equal(decodeBase64(text), undefined, text);
});

test('a blob of many megabytes is read', () => {
  assert.equal(decodeBase64('QUJD'.repeat(4_000_000))?.length, 12_000_000);
});
