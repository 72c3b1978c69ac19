import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyCharacter } from '../fixtures/any-character.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import {
  digestsOfUserCode,
  digestUserCode,
  makeUserCode,
  type ParseUserCodeResult,
  parseUserCode,
} from './user-code.ts';

function userCode(text: string): ParseUserCodeResult {
  return { kind: 'userCode', userCode: text };
}

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
  for (const form of typed) assert.deepEqual(parseUserCode(form), userCode('BCDF-GHJK'), form);
});

test('a user code is understood whatever stands between its letters: spaces, dashes, punctuation, invisible characters', () => {
  const kinds = [
    /\p{Pd}/u,
    /\p{Dash}/u,
    /\p{P}/u,
    /\p{Z}/u,
    /\p{Cc}/u,
    /\p{Cf}/u,
    /\p{Default_Ignorable_Code_Point}/u,
    /[\u2500-\u257f]/u, // box drawing
  ];
  const between = [...'\u2212\u02d7\u2500\u2501\u2796\u30fc\uff70\u3161\u4e00\u2800'];
  between.push(...'┄┅╴═⎯⎺⎻⎼⎽⏤▁▔▬▭㇐ـߺ', ...'\u00af\uffe3\u02c9\u02cd', ...'\ufffc\u{1d159}\u{16fe4}');
  between.push(...'\u0304\u0305\u0320\u0331\u0332\u0333\u0335\u0336\u033f\u035e\u035f');
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (kinds.some((kind) => kind.test(character))) between.push(character);
  }
  assert.ok(between.length > 5_000, `${between.length} characters`);
  for (const character of between) {
    const typed = `${character}BCDF${character}GHJK${character}`;
    assert.deepEqual(
      parseUserCode(typed),
      userCode('BCDF-GHJK'),
      `U+${character.codePointAt(0)?.toString(16)}`,
    );
  }
});

test('a user code is understood in any mix of case, width, dashes and invisible characters', () => {
  const noise = fc.string({
    unit: fc.constantFrom(
      ...'\u200b\u200d\u200e\u202e\u2066\u00ad\ufeff\u00a0\u3000\u2011\u2212\ufe58\uff0d\u30fc-_. ',
      '\u{e0042}',
    ),
    maxLength: 8,
  });
  const widen = (typed: string) => String.fromCodePoint((typed.codePointAt(0) ?? 0) + 0xfee0);
  const form = fc.constantFrom(
    (typed: string) => typed,
    (typed: string) => typed.toLowerCase(),
    widen,
    (typed: string) => widen(typed.toLowerCase()),
  );
  const letter = fc.constantFrom(...'BCDFGHJKLMNPQRSTVWXZ');
  const letters = fc.array(fc.tuple(letter, form, noise), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(noise, letters, (before, typedLetters) => {
      const code = typedLetters.map(([typedLetter]) => typedLetter).join('');
      const typed = typedLetters.map(([typedLetter, write, after]) => write(typedLetter) + after).join('');
      assert.deepEqual(parseUserCode(before + typed), userCode(`${code.slice(0, 4)}-${code.slice(4)}`));
    }),
  );
});

test('what cannot be a user code is not taken for one, and the reason is the first wrong character or the length', () => {
  const mistakes: readonly [typed: string, result: ParseUserCodeResult][] = [
    ['', { kind: 'wrongLength', letters: 0 }],
    [' - ', { kind: 'wrongLength', letters: 0 }],
    ['BCDF-GHJ', { kind: 'wrongLength', letters: 7 }],
    ['BCDF-GHJKL', { kind: 'wrongLength', letters: 9 }],
    ['B'.repeat(1025), { kind: 'wrongLength', letters: 1025 }],
    ['BCDF-GHJA', { kind: 'wrongCharacter', character: 'A' }],
    ['BCDF-GHJ', { kind: 'wrongLength', letters: 7 }],
    ['BCDF-GH1K', { kind: 'wrongCharacter', character: '1' }],
    ['BCDF+GHJK', { kind: 'wrongCharacter', character: '+' }],
    ['\u0412CDF-GHJK', { kind: 'wrongCharacter', character: '\u0412' }], // Cyrillic, looks like B
    ['BCDF-GHJ\u03a4', { kind: 'wrongCharacter', character: '\u03a4' }], // Greek, looks like T
    ['BCDF-GHJ\u039a', { kind: 'wrongCharacter', character: '\u039a' }], // Greek, looks like K
    ['\u05d0BCD-FGHJ', { kind: 'wrongCharacter', character: '\u05d0' }],
    ['BCDF-GHJ\u0301', { kind: 'wrongCharacter', character: '\u0301' }],
    ['BCDFGHß', { kind: 'wrongCharacter', character: 'ß' }], // its upper case is SS
    ['BCDF-GHJ\ud800', { kind: 'wrongCharacter', character: '\ud800' }],
  ];
  for (const [typed, result] of mistakes) assert.deepEqual(parseUserCode(typed), result, typed);
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const parsed = parseUserCode(text);
      if (parsed.kind === 'userCode') assert.match(parsed.userCode, /^[B-XZ]{4}-[B-XZ]{4}$/);
    }),
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
