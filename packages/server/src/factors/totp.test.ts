import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTimeStep } from './totp.ts';

/** RFC 6238 appendix B, with the last 6 of the 8 digits. */
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;
const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, with or without spaces', async () => {
  for (const [seconds, code] of vectors) {
    assert.equal(await findTimeStep(secret, code, seconds * 1000), Math.floor(seconds / 30));
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)}`;
    assert.equal(await findTimeStep(secret, spaced, seconds * 1000), Math.floor(seconds / 30));
  }
});

test('what is no code of six digits is none', async () => {
  for (const text of ['', '28708', '2870822', '28708x', '２８７０８２', '-28708']) {
    assert.equal(await findTimeStep(secret, text, 59_000), undefined, text);
  }
});
