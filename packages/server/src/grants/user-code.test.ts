import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyCharacter } from '../fixtures/any-character.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { digestsOfUserCode, digestUserCode, makeUserCode, parseUserCode } from './user-code.ts';

test('a user code is eight consonants in two halves, and rarely the same', () => {
  const codes = Array.from({ length: 1000 }, makeUserCode);
  for (const code of codes) assert.match(code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  assert.ok(new Set(codes).size >= 999);
});

test('a user code is understood as people type it (RFC 8628 section 6.1)', () => {
  const typed = [
    'BCDF-GHJK',
    'bcdfghjk',
    'bcdf ghjk',
    ' Bcdf–Ghjk ',
    'B.C.D.F.G.H.J.K',
    'bcdf_ghjk\n',
    '«BCDF—GHJK»',
  ];
  for (const form of typed) assert.equal(parseUserCode(form), 'BCDF-GHJK', form);
});

test('what cannot be a user code is not taken for one', () => {
  const typed = [
    '',
    'BCDF-GHJ',
    'BCDF-GHJKL',
    'BCDF-GHJA',
    'BCDF-GH1K',
    'BCDF+GHJK',
    'BCDF-GHJЌ',
    'ＢＣＤＦＧＨＪＫ',
  ];
  for (const form of typed) assert.equal(parseUserCode(form), undefined, form);
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) =>
      /^$|^[A-Z-]{9}$/.test(parseUserCode(text) ?? ''),
    ),
  );
});

test('a code that was made just before the keys were rotated is still found', async () => {
  const older = { id: 1, createdAtMs: 0, secret: new Uint8Array(32).fill(1) };
  const newer = { id: 2, createdAtMs: 1, secret: new Uint8Array(32).fill(2) };
  const before = await createTestContext({ keys: new Keys([older]) });
  const after = await createTestContext({ keys: new Keys([older, newer]) });
  const kept = digestUserCode(before, 'BCDF-GHJK');
  assert.ok(digestsOfUserCode(after, 'BCDF-GHJK').some((digest) => Buffer.compare(digest, kept) === 0));
  assert.notDeepEqual(digestUserCode(after, 'BCDF-GHJK'), kept);
  assert.equal(kept.length, 16);
});
